import { Day } from '@waymark/kernel';
import { ValidateBy } from 'class-validator';

const by = (name: string, message: string, holds: (value: unknown) => boolean): PropertyDecorator =>
  ValidateBy({ name, validator: { validate: holds, defaultMessage: () => message } });

const moment = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

/** A day that exists; 30 February does not. */
export const IsCalendarDay = () => by('calendarDay', 'must be a day that exists, as 2026-03-02', (value) => Day.safeParse(value).success);

/** A moment on a day that exists, with its offset from UTC. */
export const IsMoment = () =>
  by('moment', 'must be a moment with its offset, as 2026-03-02T09:15:00Z', (value) => {
    const day = typeof value === 'string' ? moment.exec(value)?.[1] : undefined;
    return day !== undefined && Day.safeParse(day).success && !Number.isNaN(Date.parse(value as string));
  });

// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
export const IsPlainText = () =>
  by('plainText', 'must not contain control characters', (value) => typeof value === 'string' && !control.test(value));
