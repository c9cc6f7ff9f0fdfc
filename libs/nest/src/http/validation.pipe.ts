import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { badRequest } from '../problems/problem.js';
import type { Class } from '../fields/part.js';
import { assertShallow, named } from './shape.js';
import { fastValidate } from './fast-validate.js';

const options = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  validationError: { target: false, value: false },
};

/** So many are named at once: enough to fix a request by. */
const mostFaults = 20;

/** Checks bodies and query strings by their classes' decorators. Unknown properties are refused; answers name fields, never values. */
@Injectable()
export class ValidationPipe implements PipeTransform<unknown, unknown> {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type === 'param' || type === 'custom' || !metatype || primitives.has(metatype)) return value;
    const plain = objectOf(value);
    const sound = type === 'body' ? fastValidate(metatype as Class, plain) : undefined;
    if (sound) return sound;
    const instance = plainToInstance(metatype as Class, plain);
    const faults = validateSync(instance, options).flatMap((error) => faultsOf(error));
    const [first] = faults;
    if (first) throw badRequest(`${first.field} ${first.message}`, { field: first.field, errors: faults.slice(0, mostFaults) });
    return instance;
  }
}

const objectOf = (value: unknown): object => {
  if (value === undefined) throw badRequest('The body is empty; send a JSON object.');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badRequest('The body must be a JSON object.');
  assertShallow(value);
  return value;
};

// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- Nest hands over whatever constructor was named
const primitives = new Set<Function>([String, Number, Boolean, Object, Array]);

const faultsOf = (error: ValidationError, path: readonly string[] = []): { field: string; message: string }[] => {
  const here = [...path, named(error.property)];
  const own = Object.entries(error.constraints ?? {}).map(([name, message]) => ({
    field: here.join('.'),
    message: name === 'whitelistValidation' ? 'is not a field of this request' : message.replace(`${error.property} `, ''),
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, here))];
};
