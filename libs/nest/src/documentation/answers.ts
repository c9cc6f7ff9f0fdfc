/** A JSON Schema, as OpenAPI 3.1 has them. */
export type Schema = Readonly<Record<string, unknown>>;

/**
 * What the queries of a service answer, made from their return types (`npx nx answers tools`): by `<controller without "Controller">_<method>`, and the parts
 * that they share by name.
 */
export interface AnswerSchemas {
  readonly answers: Readonly<Record<string, Schema>>;
  readonly parts: Readonly<Record<string, Schema>>;
}
