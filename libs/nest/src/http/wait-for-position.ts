import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { single } from '../identity/identity.guard.js';
import { badRequest, Problem } from '../problems/problem.js';
import type { Around } from './around.interceptor.js';

/** Resolves to true once every reaction has taken in what stood at the position, false when the time is up first. */
export type ReadBarrier = (position: string, timeoutMs: number) => Promise<boolean>;

const waitMs = 5_000;

/** Reads after writes: a request with Waymark-Wait-For is served once lists and copies have reached that position. */
export class WaitForPosition implements Around {
  constructor(private readonly barrier: ReadBarrier) {}

  async around(host: ExecutionContext, handle: () => Promise<unknown>): Promise<unknown> {
    const position = single(host.switchToHttp().getRequest<FastifyRequest>().headers['waymark-wait-for']);
    if (position !== undefined) await this.reached(position);
    return handle();
  }

  private async reached(position: string): Promise<void> {
    if (!/^[\w.:/-]{1,64}$/.test(position))
      throw badRequest('Waymark-Wait-For must be a position that this platform gave.', { field: 'Waymark-Wait-For' });
    if (await this.barrier(position, waitMs)) return;
    throw new Problem(
      {
        type: 'urn:waymark:problem:not-yet',
        title: 'Not there yet',
        status: 503,
        detail: 'The lists have not reached that position within five seconds. Try again.',
      },
      { 'retry-after': '2' },
    );
  }
}
