import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { derivedId, Uuid, type Clock, type Ids } from '@waymark/kernel';
import type { FastifyRequest } from 'fastify';
import type { Profile } from '../config/config.js';
import { ROUTE, type RouteKind } from '../http/routes.js';
import { badRequest, problem } from '../problems/problem.js';
import { browserIdentity } from './browser-identity.js';
import { developmentIdentity, developmentIdentityHeader } from './development-identity.js';
import type { RequestContext } from './request-context.js';

interface Circumstances {
  readonly profile: Profile;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Makes the request's context, or refuses: no route is served to nobody. */
@Injectable()
export class IdentityGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly circumstances: Circumstances,
  ) {}

  canActivate(host: ExecutionContext): boolean {
    const route = this.reflector.get<RouteKind | undefined>(ROUTE, host.getHandler());
    if (route?.kind === 'open') return true;
    const request = host.switchToHttp().getRequest<FastifyRequest & { waymark?: RequestContext }>();
    request.waymark = this.contextOf(request, route);
    return true;
  }

  private contextOf(request: FastifyRequest, route: RouteKind | undefined): RequestContext {
    const { profile, clock, ids } = this.circumstances;
    if (profile !== 'development')
      throw problem(
        [401, 'no-sign-in', 'Sign-in is not available'],
        'This installation runs in the production profile, and signing in is not part of this release. Nobody is let in.',
      );
    const { actor, purpose } = identityOf(request, route);
    const key = idempotencyKey(request);
    return {
      actor,
      purpose,
      correlationId: correlationOf(request) ?? (ids.next() as Uuid),
      commandId: key === undefined ? (ids.next() as Uuid) : keyedId(request, actor, key),
      now: clock.now(),
      expected: route?.kind === 'command' ? expectedVersion(single(request.headers['if-match']), route) : undefined,
    };
  }
}

const correlationOf = (request: FastifyRequest): Uuid | undefined => {
  const told = single(request.headers['waymark-correlation-id']);
  return told === undefined ? undefined : Uuid.safeParse(told).data;
};

const identityOf = (request: FastifyRequest, route: RouteKind | undefined): Pick<RequestContext, 'actor' | 'purpose'> =>
  route?.kind === 'page' ? browserIdentity : developmentIdentity(single(request.headers[developmentIdentityHeader]));

export const single = (header: string | string[] | undefined): string | undefined => (Array.isArray(header) ? header[0] : header);

export const idempotencyKey = (request: FastifyRequest): string | undefined => {
  const key = single(request.headers['idempotency-key']);
  if (key === undefined) return undefined;
  if (!/^[\x21-\x7e]{1,200}$/.test(key))
    throw badRequest('The Idempotency-Key must be 1 to 200 printable characters without spaces.', { field: 'Idempotency-Key' });
  return key;
};

/**
 * A key belongs to who uses it, in the role that they act in, at one address. What else makes a request another one (its query string, its body) is a
 * conflict, found by comparing (see `Idempotency`), and so is left out here.
 */
const keyedId = ({ method, url }: FastifyRequest, { organisation, user, role }: RequestContext['actor'], key: string): Uuid =>
  derivedId('request', organisation, user, role, method, url.split('?', 1)[0] ?? url, key);

/** What begins something needs no version; one that is sent is held to all the same. */
const expectedVersion = (header: string | undefined, { changes }: { readonly changes: boolean }): number | 'any' | undefined => {
  if (header === undefined && !changes) return undefined;
  if (header === undefined)
    throw problem(
      [428, 'if-match-required', 'Say which version you decided on'],
      'Send If-Match with the ETag that you read, or * for whatever it is now.',
      { field: 'If-Match' },
    );
  if (header === '*') return 'any';
  const version = /^"(\d{1,9})"$/.exec(header)?.[1];
  if (version === undefined)
    throw badRequest('If-Match must be an ETag that this platform gave, such as "3", or *.', { field: 'If-Match' });
  return Number(version);
};
