import { z } from 'zod';
import { planSeals } from './seal-plan.js';

/**
 * A published event: thin (ids, codes, dates), so that it can travel. Who may know more asks, and is checked then.
 * A published version never changes; a change is a new version beside the old one.
 */
export interface Contract<T extends string = string, Shape extends z.ZodRawShape = z.ZodRawShape> {
  /** `earlyhelp.<service>.<what-happened>.v1`, the CloudEvents type. */
  readonly type: T;
  /** `earlyhelp.<service>.events.v1`. */
  readonly topic: string;
  readonly schema: z.ZodObject<Shape>;
}
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- variance: a list of contracts of differing data
export type AnyContract = Contract<any, any>;
export type PublishedOf<C> =
  C extends Contract<infer T, infer Shape> ? { readonly type: T; readonly data: z.output<z.ZodObject<Shape>> } : never;

/**
 * Declares a published event.
 * @throws TypeError when a field is not declared open: nothing sealed and nothing undeclared leaves a service
 */
export const defineContract = <const T extends `earlyhelp.${string}.${string}.v${number}`, Shape extends z.ZodRawShape>(
  type: T,
  shape: Shape,
): Contract<T, Shape> => {
  const service = type.split('.')[1];
  if (!service || !/^earlyhelp\.[a-z-]+\.[a-z-]+\.v[1-9]\d*$/.test(type))
    throw new TypeError(`contract ${type}: want earlyhelp.service.what-happened.v1`);
  // Readers of an older version must bear fields that came later.
  const schema = z.object(shape);
  if (planSeals(type, schema).length > 0) throw new TypeError(`contract ${type}: a published event is thin; take the sealed fields out`);
  return { type, topic: `earlyhelp.${service}.events.v1`, schema };
};

/**
 * What a contract promises, as JSON Schema (draft 2020-12): exactly these fields, whoever reads. Readers of this platform bear fields that they do not know
 * all the same.
 */
export const jsonSchemaOf = ({ type, schema }: AnyContract): Readonly<Record<string, unknown>> => {
  const { $schema, ...promised } = z.toJSONSchema(schema, {
    io: 'output',
    override: ({ jsonSchema }) => {
      // Ids: zod's own word for them is no format of JSON Schema's.
      if (jsonSchema.format === 'lowercase') Object.assign(jsonSchema, { format: 'uuid' });
    },
  });
  return { $schema, $id: `urn:waymark:contract:${String(type)}`, ...promised };
};
