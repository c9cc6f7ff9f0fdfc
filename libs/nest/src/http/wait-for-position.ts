import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { single } from '../identity/identity.guard.js';
import { badRequest, Problem } from '../problems/problem.js';
import type { RequestStage } from './request-stages.interceptor.js';

/** Resolves to true once every reaction has taken in what stood at the position, false when the time is up first. */
export type ReadBarrier = (position: string, timeoutMs: number) => Promise<boolean>;

/** The position of the newest event in the log. */
export type Head = () => Promise<string>;

const waitMs = 5_000;
const beginning = 'start';

const askedFor = (host: ExecutionContext): string | undefined =>
  single(host.switchToHttp().getRequest<FastifyRequest>().headers['waymark-wait-for']);

const noPosition = (): Problem =>
  badRequest('Waymark-Wait-For must be a position that this platform gave, or start. To read without waiting, leave it out.', {
    field: 'Waymark-Wait-For',
  });

/** What cannot be a position is refused before all else: the repeat of a command is answered without waiting, but its header must still be valid. */
export const readableWaitFor: RequestStage = {
  around: async (host, handle) => {
    const position = askedFor(host);
    if (position !== undefined && !/^(start|[0-9-]{16,64})$/.test(position)) throw noPosition();
    return handle();
  },
};

/** Reads after writes: a request with Waymark-Wait-For is served once read models and replicas have reached that position. */
export class WaitForPosition implements RequestStage {
  /** The newest head that was read: positions up to it exist, and need no further query. */
  private newest = beginning;

  constructor(
    private readonly barrier: ReadBarrier,
    private readonly head: Head,
  ) {}

  async around(host: ExecutionContext, handle: () => Promise<unknown>): Promise<unknown> {
    const position = askedFor(host);
    if (position !== undefined) await this.reached(position);
    return handle();
  }

  private async reached(position: string): Promise<void> {
    if (position === beginning) return;
    if (!(await this.wasGiven(position))) throw noPosition();
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

  /** Positions of a store are of one form and compare as text, so that what it never gave is beyond its head or not of that form. */
  private async wasGiven(position: string): Promise<boolean> {
    if (!isUpTo(position, this.newest)) this.newest = await this.head();
    return isUpTo(position, this.newest);
  }
}

const isUpTo = (position: string, head: string): boolean => head !== beginning && formOf(position) === formOf(head) && position <= head;

const formOf = (position: string): string => position.replaceAll(/\d/g, '0');
