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
