import 'reflect-metadata';

export type Class = new () => object;

const key = Symbol('the class of a part');

/** Notes which class a field's part, or each of its parts, is of. */
export const IsMadeOf =
  (type: () => Class): PropertyDecorator =>
  (target, property) =>
    Reflect.defineMetadata(key, type, target, property);

export const partOf = (type: Class, property: string): Class | undefined =>
  (Reflect.getMetadata(key, type.prototype as object, property) as (() => Class) | undefined)?.();
