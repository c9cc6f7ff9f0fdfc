// JSON Schemas of TypeScript's types, as their values look in JSON.
import ts from 'typescript';

const formats = { Uuid: 'uuid', CaseId: 'uuid', PersonId: 'uuid', Instant: 'date-time', Day: 'date' };

const has = (type, flag) => (type.flags & flag) !== 0;

/** Readable in a generated client: `EhaView`, `ChronologyEntry`. Names of the language say nothing. */
const nameOf = (type) => {
  const symbol = type.aliasSymbol ?? type.getSymbol();
  const name = symbol?.getName();
  const isOurs = symbol?.declarations?.some((node) => !node.getSourceFile().fileName.includes('/node_modules/typescript/'));
  const isPlain = !type.aliasTypeArguments?.length && !(type.typeArguments?.length > 0);
  return name && isOurs && isPlain && !name.startsWith('__') ? name : undefined;
};

/** A value of one kind that may be null, the way generated clients understand best. */
const orNull = (schemas) => {
  const [other, ...more] = schemas.filter(({ type }) => type !== 'null');
  if (more.length > 0 || schemas.length !== 2 || typeof other.type !== 'string' || other.const !== undefined) return undefined;
  return { ...other, type: [other.type, 'null'], ...(other.enum ? { enum: [...other.enum, null] } : {}) };
};

/** Further fields of which nothing is known are allowed unsaid. */
const additional = (schema) => (schema && Object.keys(schema).length > 0 ? { additionalProperties: schema } : {});

export class Schemas {
  #owners = new Map();

  constructor(checker) {
    this.checker = checker;
  }

  /** Named schemas of one file. */
  collection() {
    return { schemas: {}, names: new Map() };
  }

  of(type, named) {
    if (has(type, ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Void | ts.TypeFlags.Undefined | ts.TypeFlags.NonPrimitive))
      return {};
    if (has(type, ts.TypeFlags.Null)) return { type: 'null' };
    if (has(type, ts.TypeFlags.BooleanLiteral)) return { type: 'boolean', const: type.intrinsicName === 'true' };
    if (has(type, ts.TypeFlags.StringLiteral | ts.TypeFlags.NumberLiteral)) return { type: typeof type.value, const: type.value };
    if (has(type, ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral)) return { type: 'string' };
    if (has(type, ts.TypeFlags.Number)) return { type: 'number' };
    if (has(type, ts.TypeFlags.Boolean)) return { type: 'boolean' };
    if (type.isUnion()) return this.#union(type, named);
    const branded = type.isIntersection() ? this.#branded(type) : undefined;
    return branded ?? this.#structure(type, named);
  }

  #union(type, named) {
    const members = type.types.filter((member) => !has(member, ts.TypeFlags.Undefined));
    const literals = members.filter((member) => has(member, ts.TypeFlags.StringLiteral));
    const booleans = members.filter((member) => has(member, ts.TypeFlags.BooleanLiteral));
    const isWholeBoolean = booleans.length === 2;
    const rest = members.filter((member) => !literals.includes(member) && !(isWholeBoolean && booleans.includes(member)));
    const schemas = [
      ...(literals.length > 0 ? [{ type: 'string', enum: literals.map(({ value }) => value).toSorted() }] : []),
      ...(isWholeBoolean ? [{ type: 'boolean' }] : []),
      ...rest.map((member) => this.of(member, named)),
    ];
    const distinct = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()];
    return distinct.length === 1 ? distinct[0] : (orNull(distinct) ?? { anyOf: distinct });
  }

  /** `string & { [$brand]: { Uuid: true } }`. */
  #branded(type) {
    if (!type.types.some((member) => has(member, ts.TypeFlags.String))) return undefined;
    const properties = type.types
      .filter((member) => !has(member, ts.TypeFlags.String))
      .flatMap((member) => this.checker.getPropertiesOfType(member));
    const brands = properties.flatMap((property) =>
      this.checker.getPropertiesOfType(this.checker.getTypeOfSymbol(property)).map((inner) => inner.getName()),
    );
    const format = brands.map((brand) => formats[brand]).find(Boolean);
    return { type: 'string', ...(format ? { format } : {}) };
  }

  #structure(type, named) {
    if (this.checker.isArrayType(type) || this.checker.isTupleType(type)) {
      const items = this.checker.getTypeArguments(type).map((item) => this.of(item, named));
      return { type: 'array', items: items.length === 1 ? items[0] : { anyOf: items } };
    }
    const name = nameOf(type);
    return name === undefined ? this.#object(type, named) : this.#reference(name, type, named);
  }

  #reference(name, type, named) {
    let known = named.names.get(type);
    if (known === undefined) {
      // Another type of the same name, in whichever service, has another number.
      const text = this.checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias);
      for (let count = 1; known === undefined; count += 1) {
        const candidate = count === 1 ? name : `${name}${count}`;
        const owner = this.#owners.get(candidate);
        if (owner === undefined || owner.type === type) known = candidate;
        else if (owner.text === text && text !== name) known = candidate;
      }
      this.#owners.set(known, { type, text });
      named.names.set(type, known);
      named.schemas[known] = {};
      named.schemas[known] = this.#object(type, named);
    }
    return { $ref: `#/components/schemas/${known}` };
  }

  #object(type, named) {
    const index = this.checker.getIndexInfosOfType(type)[0];
    const properties = {};
    const required = [];
    for (const property of type.getProperties()) {
      const name = property.getName();
      const inner = this.checker.getTypeOfSymbol(property);
      if (name.startsWith('__') || inner.getCallSignatures().length > 0) continue;
      properties[name] = this.of(inner, named);
      const optional =
        has(property, ts.SymbolFlags.Optional) || (inner.isUnion() && inner.types.some((one) => has(one, ts.TypeFlags.Undefined)));
      if (!optional) required.push(name);
    }
    return {
      type: 'object',
      ...(Object.keys(properties).length > 0 ? { properties } : {}),
      ...(required.length > 0 ? { required } : {}),
      ...additional(index && this.of(index.type, named)),
    };
  }
}
