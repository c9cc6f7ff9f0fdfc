import type { ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { badRequest } from '../problems/problem.js';
import type { RequestStage } from './request-stages.interceptor.js';
import { ROUTE, type RouteKind } from './routes.js';
import { named } from './shape.js';

// How @nestjs/common keeps what a handler takes: `<kind>:<index>`, 4 for a query string.
const argumentsMetadata = '__routeArguments__';
const fromQuery = '4:';

/**
 * Query parameters that no route reads are refused by name: whoever requests a case "as known at" a moment must not be shown the present.
 * Where a route reads a query string, the class of it says which names there are (see `ValidationPipe`).
 */
export class KnownParameters implements RequestStage {
  private readonly readers = new WeakMap<object, boolean>();

  constructor(private readonly reflector: Reflector) {}

  async around(host: ExecutionContext, handle: () => Promise<unknown>): Promise<unknown> {
    const route = this.reflector.get<RouteKind | undefined>(ROUTE, host.getHandler());
    const [first] = Object.keys(host.switchToHttp().getRequest<FastifyRequest>().query as object);
    if (first !== undefined && (route?.kind === 'command' || route?.kind === 'query') && !this.readsQuery(host))
      throw badRequest(`${named(first)} is not a parameter of this address; what it takes stands at /api.`, { field: named(first) });
    return handle();
  }

  private readsQuery(host: ExecutionContext): boolean {
    const handler = host.getHandler();
    const known = this.readers.get(handler);
    if (known !== undefined) return known;
    const taken = (Reflect.getMetadata(argumentsMetadata, host.getClass(), handler.name) ?? {}) as object;
    const reads = Object.keys(taken).some((key) => key.startsWith(fromQuery));
    this.readers.set(handler, reads);
    return reads;
  }
}
