import { createHmac } from 'node:crypto';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Reflector } from '@nestjs/core';
import type { RequestStage } from '../http/request-stages.interceptor.js';
import { ROUTE, type RouteKind } from '../http/routes.js';
import { assertShallow } from '../http/shape.js';
import { idempotencyKey } from '../identity/identity.guard.js';
import type { RequestContext } from '../identity/request-context.js';
import { problem } from '../problems/problem.js';
import type { IdempotencyStore, Remembered } from './idempotency-store.js';

interface Dependencies {
  readonly reflector: Reflector;
  readonly store: IdempotencyStore;
  /** 32 bytes, secret to this installation. */
  readonly secret: Uint8Array;
}

type Handle = () => Promise<unknown>;

const repeated = ['etag', 'location', 'waymark-position'];

/** Same key and request: the same answer, and nothing is done again. Same key, another body or query string: 422. Refusals are not remembered, since they recorded nothing. */
export class Idempotency implements RequestStage {
  private readonly underWay = new Map<string, Promise<unknown>>();

  constructor(private readonly dependencies: Dependencies) {}

  async around(host: ExecutionContext, handle: Handle): Promise<unknown> {
    const request = host.switchToHttp().getRequest<FastifyRequest & { waymark?: RequestContext }>();
    // Only commands are remembered: the answer to a search is personal, and repeating a search changes nothing.
    const route = this.dependencies.reflector.get<RouteKind | undefined>(ROUTE, host.getHandler());
    if (route?.kind !== 'command' || !request.waymark || idempotencyKey(request) === undefined) return handle();
    return this.once(request, host.switchToHttp().getResponse<FastifyReply>(), request.waymark, handle);
  }

  private async once(request: FastifyRequest, reply: FastifyReply, { commandId, now }: RequestContext, handle: Handle): Promise<unknown> {
    // A repeat that arrives while another is being done waits its turn; the turn is taken before anything is awaited.
    const before = this.underWay.get(commandId) ?? Promise.resolve();
    const turn = before.then(
      () => this.first(request, reply, { commandId, now }, handle),
      () => this.first(request, reply, { commandId, now }, handle),
    );
    this.underWay.set(commandId, turn);
    try {
      return await turn;
    } finally {
      if (this.underWay.get(commandId) === turn) this.underWay.delete(commandId);
    }
  }

  private async first(
    request: FastifyRequest,
    reply: FastifyReply,
    { commandId, now }: Pick<RequestContext, 'commandId' | 'now'>,
    handle: Handle,
  ): Promise<unknown> {
    const fingerprint = this.fingerprintOf(request);
    const remembered = await this.dependencies.store.find(commandId);
    if (remembered) return replay(remembered, fingerprint, reply);
    const body = await handle();
    const headers = Object.fromEntries(repeated.flatMap((name) => headerOf(reply, name)));
    await this.dependencies.store.remember(commandId, { fingerprint, answer: { status: reply.statusCode, headers, body } }, now);
    return body;
  }

  /** Of the body, and of the query string where there is one. */
  private fingerprintOf({ body, url }: FastifyRequest): string {
    assertShallow(body);
    const asked = url.indexOf('?');
    return createHmac('sha256', this.dependencies.secret)
      .update(`${JSON.stringify(body) ?? ''}${asked === -1 ? '' : url.slice(asked)}`)
      .digest('base64');
  }
}

const headerOf = (reply: FastifyReply, name: string): [string, string][] => {
  const value = reply.getHeader(name);
  return typeof value === 'string' ? [[name, value]] : [];
};

const replay = ({ fingerprint, answer }: Remembered, of: string, reply: FastifyReply): unknown => {
  if (fingerprint !== of)
    throw problem(
      [422, 'idempotency-key-reused', 'This key was used for another request'],
      'Use a new Idempotency-Key for a new request; a repeat has the same body and the same query string.',
      { field: 'Idempotency-Key' },
    );
  void reply.status(answer.status).headers({ ...answer.headers, 'idempotency-replayed': 'true' });
  return answer.body;
};
