import { Injectable, type PipeTransform } from '@nestjs/common';
import { Uuid } from '@waymark/kernel';
import { notFound } from '../problems/problem.js';

/** An id in the address. What cannot be an id is simply not found. */
@Injectable()
export class IdParameter implements PipeTransform<string, Uuid> {
  transform(value: string): Uuid {
    const parsed = Uuid.safeParse(value);
    if (!parsed.success) throw notFound('record');
    return parsed.data;
  }
}

const technicalName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;
/** How the OpenAPI document describes a {@link NameParameter}. */
export const nameSchema = { type: 'string', pattern: technicalName.source } as const;

/** The technical name of a part of the platform in the address, such as a reaction's: no text. */
@Injectable()
export class NameParameter implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!technicalName.test(value)) throw notFound('part of the platform');
    return value;
  }
}

/** One of a few codes in the address. */
export class CodeParameter implements PipeTransform<string, string> {
  constructor(
    private readonly codes: readonly string[],
    private readonly what: string,
  ) {}

  transform(value: string): string {
    if (!this.codes.includes(value)) throw notFound(this.what);
    return value;
  }
}
