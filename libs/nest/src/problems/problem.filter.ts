import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { EventTooLarge, StaleVersion, StoreUnavailable, StoreUnusable, SubjectErased, WrongExpectedVersion } from '@waymark/event-store';
import { KeysUnavailable, KeysUnusable } from '@waymark/keys';
import { BadQuery, ReadModelUnavailable } from '@waymark/read-model';
import { NoPackInForce } from '@waymark/policy';
import type { FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { badRequest, Problem, problem, unavailable } from './problem.js';

/** Turns whatever was thrown into a problem document. What nobody expected is logged by its class and answered without detail. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    // The answer must not name the file or what to do with it; the log has to, for the operator.
    if (thrown instanceof KeysUnusable) this.logger.error({ error: thrown.name, what: thrown.message }, 'the keys cannot be used');
    if (thrown instanceof StoreUnusable) this.logger.error({ error: thrown.name, what: thrown.message }, 'the event store is damaged');
    // The operator has to act; the message is the store's own and names a file at most.
    if (thrown instanceof StoreUnavailable) this.logger.error({ reason: thrown.reason, what: thrown.message }, 'nothing can be recorded');
    const answer = problemOf(thrown) ?? this.unexpected(thrown);
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    void reply
      .status(answer.document.status)
      .headers({ 'content-type': 'application/problem+json', ...answer.headers })
      .send(answer.document);
  }

  private unexpected(thrown: unknown): Problem {
    const error = thrown instanceof Error ? thrown : new Error('not an error');
    // The message may quote data; the class and the place do not.
    this.logger.error(
      {
        error: error.name,
        at: error.stack
          ?.split('\n')
          .slice(1, 6)
          .map((line) => line.trim()),
      },
      'unexpected error',
    );
    return problem(
      [500, 'unexpected', 'Something went wrong'],
      'Nothing was recorded unless a repeat of the same request says so. It has been logged; try again later.',
    );
  }
}

const keysAway =
  'The keys that personal data is sealed under cannot be reached. Nothing was recorded, and nothing personal can be shown; try again.';

const known: readonly [new (...args: never[]) => Error, (error: never) => Problem][] = [
  [Problem, (error: Problem) => error],
  [
    StaleVersion,
    (error: StaleVersion) =>
      problem(
        [412, 'stale-version', 'It has changed since you read it'],
        'Read it again and decide on what it says now; If-Match must be its current ETag.',
        { current: error.current },
      ),
  ],
  [WrongExpectedVersion, () => unavailable('Many changes to the same record at once. Nothing was recorded; try again.')],
  [EventTooLarge, () => problem([413, 'too-large', 'Too large'], 'One entry holds 1 MiB at most. Nothing was recorded.')],
  [
    StoreUnavailable,
    (error: StoreUnavailable) =>
      unavailable(
        error.cause instanceof KeysUnavailable
          ? keysAway
          : error.reason === 'disk-full'
            ? 'The disk is full. Nothing was recorded; reading still works.'
            : 'The event store cannot be reached. Nothing was recorded.',
      ),
  ],
  [
    StoreUnusable,
    () =>
      unavailable(
        'What is asked for is damaged where it is kept, and is not shown. Its operator finds in the log which place, and what to do.',
      ),
  ],
  [SubjectErased, () => problem([410, 'erased', 'Erased'], 'The data of this person or case was erased; nothing can be added to it.')],
  [KeysUnavailable, () => unavailable(keysAway)],
  [
    KeysUnusable,
    () => unavailable('The keys that personal data is sealed under are damaged. Its operator finds in the log which, and what to do.'),
  ],
  [
    NoPackInForce,
    // Its message says which authority, which moment and the first day: nothing that a caller sent.
    (error: NoPackInForce) =>
      problem(
        [503, 'no-policy-in-force', 'No local policy is in force yet'],
        `There is ${error.message}. The clock of this platform stands before that day; nothing was recorded. Set the clock right and try again.`,
      ),
  ],
  [ReadModelUnavailable, () => unavailable('The lists cannot be read now.')],
  [BadQuery, (error: BadQuery) => badRequest(error.message, fieldOf(error))],
];

/** The message begins with what it is about: `cursor: …`. */
const fieldOf = ({ message }: BadQuery): { field?: string } => {
  const field = /^(cursor|limit):/.exec(message)?.[1];
  return field ? { field } : {};
};

const nothingHere = () =>
  problem([404, 'no-such-route', 'Not found'], 'There is nothing at this address. The addresses are listed at /api.');

/** An address that no route can be found for, because it cannot be read. Fastify answers such by itself, and repeats it. */
export const unreadableAddress = (_error: unknown, _request: unknown, reply: FastifyReply): void => {
  void reply.status(404).header('content-type', 'application/problem+json').send(nothingHere().document);
};

const problemOf = (thrown: unknown): Problem | undefined => {
  for (const [type, answer] of known) if (thrown instanceof type) return answer(thrown as never);
  if (thrown instanceof HttpException) return fromHttpException(thrown);
  return fromFastify(thrown as { statusCode?: unknown; code?: unknown });
};

const fromHttpException = (thrown: HttpException): Problem => {
  const status = thrown.getStatus();
  if (status === 404) return nothingHere();
  return (
    fromFastify({ statusCode: status }) ??
    problem([status, `http-${status}`, 'The request was refused'], 'See /api for what this address takes.')
  );
};

/** Errors of the HTTP layer itself: a body that ends early, one over the limit, an unknown content type. Its words may quote the body, and are not used. */
const fromFastify = ({ statusCode }: { statusCode?: unknown }): Problem | undefined => {
  if (statusCode === 413)
    return problem(
      [413, 'too-large', 'Too large'],
      'A JSON body holds 1 MiB at most, a form 16 KiB. Nothing was recorded; send less at once.',
    );
  if (statusCode === 415)
    return problem([415, 'media-type', 'Not JSON'], 'Send JSON with the header content-type: application/json.', { field: 'Content-Type' });
  if (statusCode === 400) return badRequest('The body must be valid JSON that fits the description at /api.');
  return undefined;
};
