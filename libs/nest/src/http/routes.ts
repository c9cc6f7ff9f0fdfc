import { applyDecorators, createParamDecorator, HttpCode, Post, SetMetadata, type ExecutionContext, Get } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiCreatedResponse, ApiExtraModels, ApiHeader, ApiOkResponse, ApiOperation, getSchemaPath } from '@nestjs/swagger';
import type { Declared } from '../access/gate.js';
import { nobody, type Subject } from '../access/subject.js';
import { CommandAnswer } from '../commands/answer.js';
import type { RequestContext } from '../identity/request-context.js';

export const ROUTE = 'waymark:route';

/**
 * What a route is, for the guards: `open` needs no identity; `command` records something; `query` shows something; `page` shows it to whoever sits at
 * a browser. All but the open ones say what they do or show, and about whom. A route that says nothing is refused when the service starts.
 */
export type RouteKind =
  | { readonly kind: 'open' }
  | (Declared & { readonly kind: 'command'; readonly changes: boolean })
  | (Declared & { readonly kind: 'query' })
  | (Declared & { readonly kind: 'page' });

/** What a command does, as the access policy names it, and to whose record. */
export interface Doing {
  readonly does: string;
  readonly of: Subject;
}

/** What a query or page shows, as the access policy names it (`an assessment`), and of whom. */
export interface Showing {
  readonly shows: string;
  readonly of: Subject;
}

/** The request's identity and conditions. */
export const Context = createParamDecorator(
  (_: unknown, host: ExecutionContext): RequestContext => host.switchToHttp().getRequest<{ waymark: RequestContext }>().waymark,
);

const identityHeader = ApiHeader({
  name: 'Waymark-Dev-Identity',
  description: 'Development profile only: who asks.',
  example: 'user=dana; role=practitioner; organisation=fenbank-primary',
});
const idempotencyHeader = ApiHeader({
  name: 'Idempotency-Key',
  required: false,
  description:
    'A key of your own, 1 to 200 characters; a repeat with the same key and body gets the same answer and records nothing twice.',
});
const waitHeader = ApiHeader({
  name: 'Waymark-Wait-For',
  required: false,
  description: 'A position that an earlier answer gave; waits up to five seconds until lists and copies have reached it.',
});
const ifMatchHeader = ApiHeader({
  name: 'If-Match',
  required: true,
  description: 'The ETag you decided on, or * for whatever it is now.',
  example: '*',
});

/** What every request that records something may say of itself. */
export const recordsHeaders = [identityHeader, idempotencyHeader] as const;

/** A route that begins something: POST, 201, Location. */
export const Begins = (path: string, summary: string, { does, of }: Doing) =>
  applyDecorators(
    Post(path),
    HttpCode(201),
    SetMetadata(ROUTE, { kind: 'command', name: does, of, changes: false } satisfies RouteKind),
    ApiOperation({ summary }),
    identityHeader,
    idempotencyHeader,
    waitHeader,
    ApiExtraModels(CommandAnswer),
    ApiCreatedResponse({ schema: { $ref: getSchemaPath(CommandAnswer) } }),
  );

/** A route that changes what is there: POST, 200; If-Match is required. */
export const Changes = (path: string, summary: string, { does, of }: Doing) =>
  applyDecorators(
    Post(path),
    HttpCode(200),
    SetMetadata(ROUTE, { kind: 'command', name: does, of, changes: true } satisfies RouteKind),
    ApiOperation({ summary }),
    identityHeader,
    ifMatchHeader,
    idempotencyHeader,
    waitHeader,
    ApiExtraModels(CommandAnswer),
    ApiOkResponse({ schema: { $ref: getSchemaPath(CommandAnswer) } }),
  );

/** Above a {@link Begins} that answers more than others do: what of. */
export const AnswersWith = (answer: new () => CommandAnswer) =>
  applyDecorators(ApiExtraModels(answer), ApiCreatedResponse({ schema: { $ref: getSchemaPath(answer) } }));

const query = (path: string, summary: string, kind: RouteKind) =>
  applyDecorators(Get(path), SetMetadata(ROUTE, kind), ApiOperation({ summary }), identityHeader, waitHeader);

/** A route that shows personal data, or the id of a case with any fact. `shows` names it in the policy and in access decisions: `a contact`. */
export const Shows = (path: string, summary: string, { shows, of }: Showing) => query(path, summary, { kind: 'query', name: shows, of });
/** A route about nobody: counts, states of reactions. It shows no id of a case. */
export const ShowsNothingPersonal = (path: string, summary: string, { shows }: Omit<Showing, 'of'>) =>
  query(path, summary, { kind: 'query', name: shows, of: nobody });

/**
 * A query that holds somebody's name: POST, 200, since what is in a URL is in histories and logs as well. It records
 * nothing, so it needs no If-Match and takes no Idempotency-Key.
 */
export const ShowsBySearch = (path: string, summary: string, { shows, of }: Showing) =>
  applyDecorators(
    Post(path),
    HttpCode(200),
    SetMetadata(ROUTE, { kind: 'query', name: shows, of } satisfies RouteKind),
    ApiOperation({ summary }),
    identityHeader,
    waitHeader,
  );

/** A page for a browser, which sends no header with an identity. It is no part of the API's description. */
export const Page = (path: string, { shows, of }: Showing) =>
  applyDecorators(Get(path), SetMetadata(ROUTE, { kind: 'page', name: shows, of } satisfies RouteKind));

const formTaken = 'waymark:form';

/** A page that a form requests: the only kind of route that takes `application/x-www-form-urlencoded`. */
export const PageByForm = (path: string, { shows, of }: Showing) =>
  applyDecorators(
    Post(path),
    HttpCode(200),
    RouteConfig({ [formTaken]: true }),
    SetMetadata(ROUTE, { kind: 'page', name: shows, of } satisfies RouteKind),
  );

/** Whether a route's configuration, as Fastify keeps it, is that of a {@link PageByForm}. */
export const takesForm = (config: unknown): boolean => (config as Readonly<Record<string, unknown>> | undefined)?.[formTaken] === true;

/** A route that needs no identity: health, metrics, documentation. */
export const Open = () => SetMetadata(ROUTE, { kind: 'open' } satisfies RouteKind);
