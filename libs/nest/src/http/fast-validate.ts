import { getMetadataStorage, ValidationTypes } from 'class-validator';
import { partOf, type Class } from '../fields/part.js';

type Check = (value: unknown, object: object) => boolean;

interface Field {
  /** Whether there is anything to check; what is optional and left out is not. */
  readonly applies: readonly Check[];
  readonly checks: readonly Check[];
  readonly part: Class | undefined;
}
type Fields = ReadonlyMap<string, Field>;

/** Undefined where a class says something that only class-validator itself understands. */
const compiled = new WeakMap<Class, Fields | undefined>();

/**
 * The same checks as class-validator's, looked up once a class instead of once a request: most of its time goes into finding them again.
 * It only confirms valid bodies; where it returns nothing, the caller runs class-validator to learn what is wrong.
 * @returns the body as an instance of its class when it is valid, undefined when it is not or this check cannot decide
 */
export const fastValidate = (type: Class, plain: object): object | undefined => {
  const fields = fieldsOf(type);
  if (!fields) return undefined;
  const instance = new type() as Record<string, unknown>;
  for (const [name, value] of Object.entries(plain)) {
    const field = fields.get(name);
    if (!field) return undefined;
    instance[name] = field.part ? partsOf(field.part, value) : value;
  }
  for (const [name, { applies, checks }] of fields) {
    const value = instance[name];
    if (applies.every((holds) => holds(value, instance)) && !checks.every((holds) => holds(value, instance))) return undefined;
  }
  return instance;
};

const partsOf = (part: Class, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((one) => partsOf(part, one));
  return typeof value === 'object' && value !== null ? (fastValidate(part, value) ?? unsound) : value;
};
/** Fails the check that a part is an object. */
const unsound = undefined;

const fieldsOf = (type: Class): Fields | undefined => {
  if (!compiled.has(type)) compiled.set(type, compile(type));
  return compiled.get(type);
};

type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

const compile = (type: Class): Fields | undefined => {
  const storage = getMetadataStorage();
  const metadatas = storage.getTargetValidationMetadatas(type, '', false, false);
  if (metadatas.length === 0 || metadatas.some((metadata) => !isKnown(type, metadata))) return undefined;
  return new Map(
    Object.entries(storage.groupByPropertyName(metadatas)).map(([name, own]) => [
      name,
      {
        applies: of(own, ValidationTypes.CONDITIONAL_VALIDATION).map(conditionOf),
        checks: of(own, ValidationTypes.CUSTOM_VALIDATION).flatMap(checksOf),
        part: partOf(type, name),
      },
    ]),
  );
};

const of = (metadatas: readonly Metadata[], type: string): readonly Metadata[] => metadatas.filter((metadata) => metadata.type === type);

const isKnown = (type: Class, metadata: Metadata): boolean => {
  switch (metadata.type) {
    case ValidationTypes.CUSTOM_VALIDATION:
      return constraintsOf(metadata).every((constraint) => !constraint.async);
    case ValidationTypes.NESTED_VALIDATION:
      return partOf(type, metadata.propertyName) !== undefined;
    default:
      return metadata.type === ValidationTypes.CONDITIONAL_VALIDATION || metadata.type === ValidationTypes.WHITELIST;
  }
};

const constraintsOf = ({ constraintCls }: Metadata) => getMetadataStorage().getTargetValidatorConstraints(constraintCls);

const conditionOf = ({ constraints }: Metadata): Check => {
  const condition = constraints?.[0] as (object: object, value: unknown) => boolean;
  return (value, object) => condition(object, value);
};

const checksOf = (metadata: Metadata): Check[] =>
  constraintsOf(metadata).map(({ instance }) => {
    const { each, validateIf, constraints = [], propertyName: property } = metadata;
    const one: Check = (value, object) =>
      instance.validate(value, { object, value, constraints, property, targetName: object.constructor.name }) === true;
    const all: Check = each ? (values, object) => Array.isArray(values) && values.every((value) => one(value, object)) : one;
    return validateIf ? (value, object) => !validateIf(object, value) || all(value, object) : all;
  });
