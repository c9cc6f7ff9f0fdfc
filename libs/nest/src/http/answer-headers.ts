import type { ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RequestStage } from './request-stages.interceptor.js';

interface Versioned {
  readonly version?: unknown;
  readonly position?: unknown;
  readonly id?: unknown;
}

/** Puts what an answer says of its version, position and place into the headers that HTTP has for them. */
export class AnswerHeaders implements RequestStage {
  async around(host: ExecutionContext, handle: () => Promise<unknown>): Promise<unknown> {
    const answer = await handle();
    const http = host.switchToHttp();
    if (typeof answer === 'object' && answer !== null) mark(answer, http.getRequest(), http.getResponse());
    return answer;
  }
}

const mark = ({ version, position, id }: Versioned, request: FastifyRequest, reply: FastifyReply): void => {
  if (typeof version === 'number') void reply.header('etag', `"${version}"`);
  if (typeof position === 'string') void reply.header('waymark-position', position);
  if (reply.statusCode === 201 && typeof id === 'string') void reply.header('location', `${request.url.split('?')[0]}/${id}`);
};
