import type { ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { problem } from '../problems/problem.js';
import type { RequestStage } from './request-stages.interceptor.js';
import { ROUTE, type RouteKind } from './routes.js';

/** Commands and queries answer JSON. A client that accepts only something else is refused before anything is done, not sent what it cannot read. */
export class Acceptable implements RequestStage {
  constructor(private readonly reflector: Reflector) {}

  async around(host: ExecutionContext, handle: () => Promise<unknown>): Promise<unknown> {
    const route = this.reflector.get<RouteKind | undefined>(ROUTE, host.getHandler());
    const { accept } = host.switchToHttp().getRequest<FastifyRequest>().headers;
    if ((route?.kind === 'command' || route?.kind === 'query') && !takesJson(accept))
      throw problem(
        [406, 'not-acceptable', 'Not to be had in that form'],
        'This address answers application/json alone. Send that in Accept, or leave Accept out.',
        {
          field: 'Accept',
        },
      );
    return handle();
  }
}

const json = /^(\*\/\*|application\/(\*|json))$/i;
const none = /^q=0(\.0*)?$/i;

/** Whether an Accept header takes JSON (RFC 9110, 12.5.1); one that is left out or empty takes everything. */
export const takesJson = (accept: string | undefined): boolean => {
  if (accept === undefined || accept.trim() === '') return true;
  const ranges = accept.split(',').map((range) => range.split(';').map((part) => part.trim()));
  // What names JSON most closely decides: "application/json;q=0, */*" does not take it.
  const fitting = ranges.filter(([type = '']) => json.test(type)).toSorted(([a = ''], [b = '']) => closeness(b) - closeness(a));
  return fitting[0] !== undefined && !fitting[0].slice(1).some((parameter) => none.test(parameter));
};

const closeness = (type: string): number => (type === '*/*' ? 0 : type.endsWith('*') ? 1 : 2);
