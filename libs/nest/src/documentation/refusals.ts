/** What a status means here, whatever the address: the table that every route keeps to. */
export const refusals: Readonly<Record<number, string>> = {
  400: 'The request cannot be read: what is wrong, and in which field.',
  401: 'It does not say who asks.',
  403: 'Not for this role, organisation or purpose.',
  404: 'What the address names is not there, or not for whoever asks.',
  406: 'The answer is JSON, and the request does not take it.',
  409: 'Not in the state that is recorded now: a rule may be named, and what stands in the way.',
  410: 'The data of this person or case was erased.',
  412: 'If-Match names another version than the current one.',
  413: 'The body is too large.',
  415: 'The body is not JSON in UTF-8, or is packed.',
  422: 'A rule of the practice forbids it, or a value cannot be so. The rule and the field are named. Also: the Idempotency-Key was used for another request.',
  428: 'If-Match is missing.',
  503: 'Not now: a part of the platform is away, or has not come so far. Nothing was recorded; repeat it after Retry-After.',
};

const always = [400, 401, 403, 404, 406, 503];
const withBody = [413, 415];
const toCommands = [409, 410, 412, 422];

/** The statuses that an operation can answer with beside its success. */
export const refusalsOf = ({
  body,
  command,
  changes,
}: {
  readonly body: boolean;
  readonly command: boolean;
  readonly changes: boolean;
}): number[] => [...always, ...(body ? withBody : []), ...(command ? toCommands : [422]), ...(changes ? [428] : [])];

const text = { type: 'string' } as const;

export const problemSchema = {
  type: 'object',
  description: 'A problem document (RFC 9457). It never repeats a value that was sent.',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { ...text, format: 'uri', description: 'The kind of problem, as a URN: it does not change.' },
    title: { ...text, description: 'The kind of problem in words.' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { ...text, description: 'What is wrong here, and how to go on.' },
    rule: { ...text, description: 'The rule of the practice that was broken.' },
    field: { ...text, description: 'The field at fault, as a dotted path.' },
    errors: {
      type: 'array',
      description: 'Every field at fault, where there are several.',
      items: { type: 'object', required: ['field', 'message'], properties: { field: text, message: text } },
    },
    see: {
      type: 'object',
      description: 'What stands in the way.',
      required: ['kind', 'id'],
      properties: { kind: text, id: text },
    },
    current: { type: 'integer', description: 'The current version, where a stale one was given.' },
  },
} as const;

const retryAfter = { 'Retry-After': { description: 'In so many seconds.', schema: { type: 'integer', minimum: 1 } } } as const;

/** How a refusal is described. */
export const refusalOf = (status: number): object => ({
  description: refusals[status] ?? 'A problem document.',
  ...(status === 503 ? { headers: retryAfter } : {}),
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
