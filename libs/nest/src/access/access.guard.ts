import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ROUTE, type RouteKind } from '../http/routes.js';
import type { RequestContext } from '../identity/request-context.js';
import { problem } from '../problems/problem.js';
import type { Gate } from './gate.js';

/** Calls the gate before every handler, commands, queries and pages alike, and waits for its decision. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly gate: Gate,
  ) {}

  async canActivate(host: ExecutionContext): Promise<boolean> {
    const route = this.reflector.get<RouteKind | undefined>(ROUTE, host.getHandler());
    if (!route) throw problem([403, 'undeclared', 'Not permitted'], 'This address does not say what it shows, so it shows nothing.');
    if (route.kind === 'open') return true;
    const request = host.switchToHttp().getRequest<FastifyRequest & { waymark: RequestContext }>();
    const granted = await this.gate.ask(route, request.waymark, {
      params: request.params as Readonly<Record<string, string>>,
      body: request.body,
    });
    request.waymark = { ...request.waymark, granted };
    return true;
  }
}
