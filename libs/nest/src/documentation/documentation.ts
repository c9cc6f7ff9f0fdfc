import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    rule: { type: 'string', description: 'The rule of the practice that was broken.' },
    field: { type: 'string', description: 'The field at fault, as a dotted path.' },
    errors: { type: 'array', items: { type: 'object', properties: { field: { type: 'string' }, message: { type: 'string' } } } },
    see: { type: 'object', properties: { kind: { type: 'string' }, id: { type: 'string' } } },
    current: { type: 'integer', description: 'The current version, where a stale one was given.' },
  },
} as const;

const problemAnswers = {
  '4XX': {
    description: 'A problem document (RFC 9457).',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  },
};

/** Serves the OpenAPI 3.1 description at `/api/openapi.json` and a page to browse it at `/api`. */
export const document = (app: INestApplication, title: string): void => {
  const config = new DocumentBuilder()
    .setTitle(title)
    .setDescription(
      "Children's Early Help, event-sourced: every consent and decision can be replayed. Errors are problem documents (RFC 9457) that name the rule and the field.",
    )
    .setVersion('0.1.0')
    .setOpenAPIVersion('3.1.0')
    .build();
  SwaggerModule.setup('api', app, () => describe(SwaggerModule.createDocument(app, config)), {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: title,
  });
};

interface Parameter {
  readonly name: string;
  readonly in: string;
  schema?: Record<string, unknown>;
}

interface Operation {
  readonly responses?: object;
  readonly parameters?: readonly Parameter[];
}

/** What is called an id in a path is one: its pipe refuses all else. */
const sayWhichAreIds = (parameters: readonly Parameter[] = []): void => {
  for (const parameter of parameters)
    if (parameter.in === 'path' && /^id$|Id$/.test(parameter.name)) parameter.schema = { ...parameter.schema, format: 'uuid' };
};

type Description = ReturnType<typeof SwaggerModule.createDocument>;

const describe = (description: Description): Description => {
  description.components = { ...description.components, schemas: { ...description.components?.schemas, Problem: problemSchema as never } };
  for (const path of Object.values(description.paths))
    for (const operation of Object.values(path as Record<string, Operation>))
      if (typeof operation === 'object' && operation.responses) {
        Object.assign(operation.responses, problemAnswers);
        sayWhichAreIds(operation.parameters);
      }
  return description;
};
