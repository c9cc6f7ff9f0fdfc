import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testPlatform, type TestPlatform } from '@waymark/nest';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { services } from '../src/services.js';

interface Operation {
  readonly operationId: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly security?: readonly object[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>; readonly headers?: object }>
  >;
}
type Schema = Readonly<Record<string, unknown>>;
interface Document {
  readonly servers: readonly object[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>>; readonly securitySchemes: Readonly<Record<string, object>> };
}

describe('the description of the API', () => {
  let platform: TestPlatform;
  let document: Document;
  let operations: readonly (Operation & { readonly at: string })[];
  beforeAll(async () => {
    platform = await testPlatform(services, { now: '2026-03-02T09:15:00Z' });
    document = (await platform.raw({ method: 'GET', url: '/api/openapi.json' })).body as Document;
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ ...operation, at: `${method.toUpperCase()} ${path}` })),
    );
  }, 60_000);
  afterAll(() => platform.stop());
  const at = (which: (operation: Operation) => boolean) => operations.filter(which).map((operation) => operation.at);

  it('G1 gives every operation an id of its own', () => {
    expect(operations.length).toBeGreaterThan(100);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  });

  it('A21 says what every operation answers', () => {
    const says = ({ responses }: Operation) =>
      Object.entries(responses).some(
        ([status, { content }]) => status.startsWith('2') && Object.values(content ?? {}).some(({ schema }) => schema),
      );
    // Measurements are text in the format of Prometheus.
    expect(at((operation) => !says(operation)).filter((one) => one !== 'GET /metrics')).toEqual([]);
  });

  it('G2 names exact statuses, 503 among them wherever somebody has to say who asks', () => {
    expect(at(({ responses }) => Object.keys(responses).some((status) => !/^[1-5]\d\d$/.test(status)))).toEqual([]);
    expect(at(({ security, responses }) => security !== undefined && !(responses['503'] && responses['401'] && responses['400']))).toEqual(
      [],
    );
  });

  it('G3 has servers and a security scheme, and describes every tag and operation', () => {
    expect(document.servers.length).toBeGreaterThan(0);
    expect(Object.keys(document.components.securitySchemes)).toEqual(['developmentIdentity']);
    expect(at(({ description }) => !description)).toEqual([]);
    const described = new Set(document.tags.filter(({ name, description }) => description && description !== name).map(({ name }) => name));
    expect([...new Set(operations.flatMap(({ tags }) => tags))].filter((tag) => !described.has(tag))).toEqual([]);
    const open = at(({ security }) => security === undefined).filter((one) => one.includes(' /api/'));
    expect(open).toEqual([]);
  });

  it('A21 says that what is not in a request is refused, in every part of it', () => {
    const names = JSON.stringify(operations.map(({ requestBody }) => requestBody)).match(/schemas\/\w+/g) ?? [];
    const loose = names
      .map((name) => name.slice('schemas/'.length))
      .filter((name) => document.components.schemas[name]?.['additionalProperties'] !== false);
    expect(names.length).toBeGreaterThan(50);
    expect(loose).toEqual([]);
  });

  it('refers to nothing that is not there, and every schema is one', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'waymark', components: document.components });
    for (const name of Object.keys(document.components.schemas)) ajv.compile({ $ref: `waymark#/components/schemas/${name}` });
    const referred = new Set(JSON.stringify(document.paths).match(/#\/components\/schemas\/\w+/g));
    for (const reference of referred) ajv.compile({ $ref: `waymark${reference}` });
    expect(referred.size).toBeGreaterThan(50);
  });
});
