import { z } from 'zod';
import { open } from './fields.js';

/** A moment: UTC with milliseconds, `2026-03-02T09:15:00.000Z`. Plain string order is the order of time. */
export const Instant = open(z.iso.datetime({ precision: 3, error: 'must be a UTC instant with milliseconds' })).brand<'Instant'>();
export type Instant = z.infer<typeof Instant>;

/** A calendar day in England, `2026-03-02`. */
export const Day = open(z.iso.date()).brand<'Day'>();
export type Day = z.infer<typeof Day>;

const iso = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/**
 * Reads an ISO 8601 instant with any offset into an {@link Instant}.
 * @throws RangeError when it has no offset, or its day does not exist: 30 February is not 2 March
 */
export const instant = (text: string): Instant => {
  const date = new Date(text);
  const [, on] = iso.exec(text) ?? [];
  if (!Day.safeParse(on).success || Number.isNaN(date.getTime())) throw new RangeError('not an instant');
  return date.toISOString() as Instant;
};

export const instantFromMs = (ms: number): Instant => new Date(ms).toISOString() as Instant;
export const msOf = (at: Instant): number => Date.parse(at);

/** Reads a calendar day; throws a RangeError when the day does not exist. */
export const day = (text: string): Day => {
  const parsed = Day.safeParse(text);
  if (!parsed.success) throw new RangeError('not a day');
  return parsed.data;
};

/** Where "now" comes from. Domains never hold one: commands carry their moment. */
export interface Clock {
  now(): Instant;
}

/** Where new identifiers come from. Domains never hold one: commands carry theirs. */
export interface Ids {
  next(): string;
}
