import { applyDecorators, createParamDecorator, HttpCode, Post, SetMetadata, type ExecutionContext, Get } from '@nestjs/common';
import { ApiCreatedResponse, ApiExtraModels, ApiHeader, ApiOkResponse, ApiOperation, getSchemaPath } from '@nestjs/swagger';
import { CommandAnswer } from '../commands/answer.js';
import type { RequestContext } from '../identity/request-context.js';

export const ROUTE = 'waymark:route';

/**
 * What a route is, for the guards: `open` needs no identity; `command` records something; `query` shows something,
 * and says whether that is personal. A route that says nothing is refused when the service starts.
 */
export type RouteKind =
  | { readonly kind: 'open' }
  | { readonly kind: 'command'; readonly changes: boolean }
  | { readonly kind: 'query'; readonly shows: string; readonly personal: boolean };

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

/** A route that begins something: POST, 201, Location. */
export const Begins = (path: string, summary: string) =>
  applyDecorators(
    Post(path),
    HttpCode(201),
    SetMetadata(ROUTE, { kind: 'command', changes: false } satisfies RouteKind),
    ApiOperation({ summary }),
    identityHeader,
    idempotencyHeader,
    waitHeader,
    ApiExtraModels(CommandAnswer),
    ApiCreatedResponse({ schema: { $ref: getSchemaPath(CommandAnswer) } }),
  );

/** A route that changes what is there: POST, 200; If-Match is required. */
export const Changes = (path: string, summary: string) =>
  applyDecorators(
    Post(path),
    HttpCode(200),
    SetMetadata(ROUTE, { kind: 'command', changes: true } satisfies RouteKind),
    ApiOperation({ summary }),
    identityHeader,
    ifMatchHeader,
    idempotencyHeader,
    waitHeader,
    ApiExtraModels(CommandAnswer),
    ApiOkResponse({ schema: { $ref: getSchemaPath(CommandAnswer) } }),
  );

const query = (path: string, summary: string, kind: RouteKind) =>
  applyDecorators(Get(path), SetMetadata(ROUTE, kind), ApiOperation({ summary }), identityHeader, waitHeader);

/** A route that shows personal data. `shows` names it in access decisions and records: `a contact`. */
export const Shows = (path: string, summary: string, shows: string) => query(path, summary, { kind: 'query', shows, personal: true });
/** A route that shows nothing about a person: counts, states of reactions. */
export const ShowsNothingPersonal = (path: string, summary: string) =>
  query(path, summary, { kind: 'query', shows: 'nothing personal', personal: false });

/** A route that asks for no identity: health, metrics, documentation. */
export const Open = () => SetMetadata(ROUTE, { kind: 'open' } satisfies RouteKind);
