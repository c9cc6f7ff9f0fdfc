import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { decideLook, type Look, type LookDecision } from '@waymark/access';
import { ROUTE, type RouteKind } from '../http/routes.js';
import type { RequestContext } from '../identity/request-context.js';
import { problem } from '../problems/problem.js';

/** Told of every look, before anything is shown. */
export type OnLook = (look: Look, decision: LookDecision) => void;

/** The one place that every query for personal data passes: it asks the policy first and shows nothing on a no (ACC-01). */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly onLook: OnLook,
  ) {}

  canActivate(host: ExecutionContext): boolean {
    const route = this.reflector.get<RouteKind | undefined>(ROUTE, host.getHandler());
    if (!route) throw problem([403, 'undeclared', 'Not permitted'], 'This address does not say what it shows, so it shows nothing.');
    if (!showsPersonal(route)) return true;
    const { actor, purpose } = host.switchToHttp().getRequest<{ waymark: RequestContext }>().waymark;
    const look: Look = { actor, purpose, shows: route.shows };
    const decision = decideLook(look);
    this.onLook(look, decision);
    if (decision.outcome === 'denied') throw problem([403, 'rule:ACC-01', 'Not permitted'], decision.why, { rule: 'ACC-01' });
    return true;
  }
}

const showsPersonal = (route: RouteKind): route is RouteKind & { readonly shows: string } =>
  route.kind === 'page' || (route.kind === 'query' && route.personal);
