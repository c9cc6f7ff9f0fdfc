import { conditionsOf } from '../fields/conditions.js';
import type { AnswerSchemas, Schema } from './answers.js';
import { problemSchema, refusalOf, refusalsOf } from './refusals.js';
import { tagOf } from './tags.js';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  schema?: Schema;
}
interface Response {
  headers?: Record<string, unknown>;
  content?: Record<string, { schema?: Schema }>;
}
interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  description?: string;
  parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
  responses: Record<string, Response>;
  security?: readonly object[];
}
/** An OpenAPI document, as far as it is completed here. */
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  components?: { schemas?: Record<string, Schema> };
  tags?: readonly object[];
}

const identityHeader = 'Waymark-Dev-Identity';

/** Says of every operation what is the same for all of its kind: refusals, headers, security, what its answer holds. */
export const completed = (description: Description, answers: readonly AnswerSchemas[]): Description => {
  const parts = answers.flatMap((one) => Object.entries(one.parts));
  const schemas = { ...description.components?.schemas, ...Object.fromEntries(parts), Problem: problemSchema };
  const known = Object.fromEntries(answers.flatMap((one) => Object.entries(one.answers)));
  const operations = Object.values(description.paths).flatMap((path) => Object.values(path));
  for (const operation of operations) complete(operation, known);
  description.components = { ...description.components, schemas };
  closeRequests(operations, schemas);
  const tags = new Set(operations.flatMap(({ tags: named = [] }) => named));
  description.tags = [...tags].map((name) => ({ name, description: tagOf(name) }));
  return description;
};

const complete = (operation: Operation, answers: Readonly<Record<string, Schema>>): void => {
  const { parameters = [], operationId, summary } = operation;
  operation.description ??= `${summary ?? operationId}.`;
  answerOf(operation, answers);
  const guarded = parameters.some(({ name }) => name === identityHeader);
  if (guarded) operation.security = [{ developmentIdentity: [] }];
  // What the security scheme says is not said again.
  operation.parameters = parameters.filter(({ name }) => name !== identityHeader);
  for (const parameter of parameters) parameter.schema = schemaOf(parameter);
  const command = parameters.some(({ name }) => name === 'Idempotency-Key');
  const changes = parameters.some(({ name, required }) => name === 'If-Match' && required === true);
  if (guarded) describeRefusals(operation, { command, changes });
  if (command) Object.assign(successOf(operation).response, { headers: commandHeaders(changes) });
};

const describeRefusals = (operation: Operation, kind: { readonly command: boolean; readonly changes: boolean }): void => {
  for (const status of refusalsOf({ body: operation.requestBody !== undefined, ...kind })) operation.responses[status] = refusalOf(status);
};

const successOf = ({ responses }: Operation): { status: string; response: Response } => {
  const [status = '200', response = {}] = Object.entries(responses).find(([code]) => code.startsWith('2')) ?? [];
  return { status, response };
};

const answerOf = (operation: Operation, answers: Readonly<Record<string, Schema>>): void => {
  const { response } = successOf(operation);
  if (response.content) return;
  // What is operated of every service is one class each.
  const { operationId } = operation;
  const schema = answers[operationId] ?? answers[operationId.replace(/^\w*?(?=(?:Operation|Erasure|Keys)_)/, '')];
  if (schema) response.content = { 'application/json': { schema } };
};

const uuid = /^id$|Id$/;
const patterns: Readonly<Record<string, Schema>> = {
  'If-Match': { type: 'string', pattern: '^(\\*|"\\d{1,9}")$' },
  'Idempotency-Key': { type: 'string', pattern: '^[\\x21-\\x7e]{1,200}$' },
  'Waymark-Wait-For': { type: 'string', pattern: '^(start|[0-9-]{16,64})$' },
};
/** What is called an id in a path is one: its pipe refuses all else. */
const schemaOf = ({ name, in: place, schema = {} }: Parameter): Schema =>
  patterns[name] ?? (place === 'path' && uuid.test(name) ? { ...schema, format: 'uuid' } : schema);

const version = { type: 'string', pattern: '^"\\d+"$' };
const commandHeaders = (changes: boolean): Record<string, object> => ({
  ETag: { description: 'The version of the record now: what the next change sends in If-Match.', schema: version },
  'Waymark-Position': { description: 'Where the record stands now: what a query sends in Waymark-Wait-For.', schema: { type: 'string' } },
  'Idempotency-Replayed': {
    description: 'true where this is the answer to an earlier request with the same key.',
    schema: { const: 'true' },
  },
  ...(changes
    ? {}
    : { Location: { description: 'Where what was begun can be read.', schema: { type: 'string', format: 'uri-reference' } } }),
});

/** Unknown fields of a request are refused, and so are those of its parts. */
const closeRequests = (operations: readonly Operation[], schemas: Record<string, Schema>): void => {
  const closed = new Set<string>();
  const close = (schema: unknown): void => {
    if (typeof schema !== 'object' || schema === null) return;
    const name = /^#\/components\/schemas\/(.+)$/.exec(String((schema as Schema)['$ref']))?.[1];
    if (name !== undefined && !closed.has(name) && schemas[name]) {
      closed.add(name);
      schemas[name] = { ...schemas[name], ...conditionsOf(name), additionalProperties: false };
      close(schemas[name]);
    }
    for (const inner of Object.values(schema)) close(inner);
  };
  for (const { requestBody } of operations) close(requestBody);
};
