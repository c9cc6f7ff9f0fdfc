import { Day, LongText, Text, Uuid } from '@waymark/kernel';
import { ValidateBy } from 'class-validator';
import { isReadableLine, isReadableStory } from './readable.js';

const by = (name: string, message: string, holds: (value: unknown) => boolean): PropertyDecorator =>
  ValidateBy({ name, validator: { validate: holds, defaultMessage: () => message } });

const moment = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** An id as it is stored, in lower case. In capitals it would be another text, and match nothing. */
export const isId = (value: unknown): boolean => Uuid.safeParse(value).success;
export const IsId = () => by('id', 'must be an id (UUID in lower case)', isId);
export const AreIds = () =>
  by('ids', 'each must be an id (UUID in lower case)', (value) => Array.isArray(value) && value.every((one) => isId(one)));

/** Given, and one object: class-validator takes a part that is missing, and a list in its place, for sound. */
const isPart = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
export const IsPart = () => by('part', 'must be an object', isPart);
export const AreParts = () => by('parts', 'each must be an object', (value) => Array.isArray(value) && value.every((one) => isPart(one)));

/** The years in which anything recorded here happened or is planned; beyond them date arithmetic fails. */
const years = /^(19|20|21)\d\d-/;
const isDay = (value: unknown): boolean => Day.safeParse(value).success && years.test(value as string);

/** A day that exists; 30 February does not. */
export const IsCalendarDay = () => by('calendarDay', 'must be a day that exists, from 1900 to 2199, as 2026-03-02', isDay);

/** A moment on a day that exists, with its offset from UTC. */
export const IsMoment = () =>
  by('moment', 'must be a moment from 1900 to 2199 with its seconds and offset, as 2026-03-02T09:15:00Z', (value) => {
    const day = typeof value === 'string' ? moment.exec(value)?.[1] : undefined;
    return isDay(day) && !Number.isNaN(Date.parse(value as string));
  });

/** Text that an event may hold, by the event's own rule; and stricter, since a person has to be able to read what was recorded. */
export const IsShortText = () =>
  by(
    'line',
    'must be 1 to 200 characters on one line, not only blanks, none of them invisible, turning the direction of writing, a control character or half a character: type it anew',
    (value) => Text.safeParse(value).success && isReadableLine(value as string),
  );
export const IsLongText = () =>
  by(
    'story',
    'must be 1 to 20,000 characters, not only blanks, none of them turning the direction of writing, a control character or half a character: leave such out',
    (value) => LongText.safeParse(value).success && isReadableStory(value as string),
  );
