type Schema = Readonly<Record<string, unknown>>;

const conditions = new Map<string, Schema>();

/** Says in the description of the API which fields of a request go together; what checks it is the request's own affair. */
export const Conditions =
  (schema: Schema): ClassDecorator =>
  ({ name }) =>
    void conditions.set(name, schema);

/** Of the class of this name, as the description names it. */
export const conditionsOf = (name: string): Schema => conditions.get(name) ?? {};

const has = (...required: string[]): Schema => ({ required });

/** Exactly one of these groups of fields, whole, and nothing of the others. */
export const exactlyOneOf = (...groups: readonly (readonly string[])[]): Schema => ({
  oneOf: groups.map((group) => ({
    ...has(...group),
    not: { anyOf: groups.flatMap((other) => (other === group ? [] : other.map((field) => has(field)))) },
  })),
});

/** Each value of a field has a field of its own, which is there with it and with no other. */
export const onlyWith = (field: string, own: Readonly<Record<string, string>>): Schema => ({
  oneOf: Object.entries(own).map(([value, theirs]) => ({
    ...has(field, theirs),
    properties: { [field]: { const: value } },
    not: { anyOf: Object.values(own).flatMap((other) => (other === theirs ? [] : [has(other)])) },
  })),
});
