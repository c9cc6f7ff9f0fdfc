import { Day, LongText, Text, Uuid } from '@waymark/kernel';
import { ValidateBy } from 'class-validator';

const by = (name: string, message: string, holds: (value: unknown) => boolean): PropertyDecorator =>
  ValidateBy({ name, validator: { validate: holds, defaultMessage: () => message } });

const moment = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

/** An id as the record keeps it. In capitals it would be another text, and so nobody's. */
export const isId = (value: unknown): boolean => Uuid.safeParse(value).success;
export const IsId = () => by('id', 'must be an id (UUID in lower case)', isId);
export const AreIds = () =>
  by('ids', 'each must be an id (UUID in lower case)', (value) => Array.isArray(value) && value.every((one) => isId(one)));

/** Given, and one object: class-validator takes a part that is missing, and a list in its place, for sound. */
const isPart = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
export const IsPart = () => by('part', 'must be an object', isPart);
export const AreParts = () => by('parts', 'each must be an object', (value) => Array.isArray(value) && value.every((one) => isPart(one)));

/** The years in which anything that is told here happened or is planned; beyond them dates cannot be reckoned with. */
const years = /^(19|20|21)\d\d-/;
const isDay = (value: unknown): boolean => Day.safeParse(value).success && years.test(value as string);

/** A day that exists; 30 February does not. */
export const IsCalendarDay = () => by('calendarDay', 'must be a day that exists, from 1900 to 2199, as 2026-03-02', isDay);

/** A moment on a day that exists, with its offset from UTC. */
export const IsMoment = () =>
  by('moment', 'must be a moment from 1900 to 2199 with its offset, as 2026-03-02T09:15:00Z', (value) => {
    const day = typeof value === 'string' ? moment.exec(value)?.[1] : undefined;
    return isDay(day) && !Number.isNaN(Date.parse(value as string));
  });

/** Text that the record will take: its own rule, so that the two never differ. */
export const IsLine = () =>
  by('line', 'must be 1 to 200 characters, none of them a control character or half a character', (value) => Text.safeParse(value).success);
export const IsStory = () =>
  by(
    'story',
    'must be 1 to 20,000 characters, none of them a control character or half a character',
    (value) => LongText.safeParse(value).success,
  );
