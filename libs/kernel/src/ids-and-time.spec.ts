import { describe, expect, it } from '@jest/globals';
import { derivedId, OrganisationId, UserId, Uuid } from './ids.js';
import { day, instant, Instant, instantFromMs, msOf } from './time.js';

describe('an id', () => {
  it('is a UUID in lower case, so that one thing has one name', () => {
    expect(Uuid.safeParse('0192d0b4-8f2e-7c1a-9b43-2f6a1d9e0c11').success).toBe(true);
    for (const text of ['0192D0B4-8F2E-7C1A-9B43-2F6A1D9E0C11', '0192d0b48f2e7c1a9b432f6a1d9e0c11', ''])
      expect(Uuid.safeParse(text).success).toBe(false);
  });

  it('that is derived is the same for the same parts, and no two lists of parts share one', () => {
    expect(derivedId('a', 'b')).toBe(derivedId('a', 'b'));
    expect(Uuid.safeParse(derivedId('a', 'b')).success).toBe(true);
    expect(new Set([derivedId('a', 'b'), derivedId('ab'), derivedId('b', 'a'), derivedId('a', 'b', '')]).size).toBe(4);
  });

  it('of a user or an organisation is a short handle, never an e-mail address or a name', () => {
    for (const schema of [UserId, OrganisationId]) {
      expect(schema.safeParse('fenbank-primary').success).toBe(true);
      for (const text of ['dana@example.org', 'Dana Smith', '', 'a'.repeat(64)]) expect(schema.safeParse(text).success).toBe(false);
    }
  });
});

describe('an instant', () => {
  it('is UTC with milliseconds, whatever offset it was told with', () => {
    expect(instant('2026-04-03T11:00:00+01:00')).toBe('2026-04-03T10:00:00.000Z');
    expect(instant('2026-04-03T11:00Z')).toBe('2026-04-03T11:00:00.000Z');
    expect(instantFromMs(msOf(instant('2026-04-03T11:00:00.123Z')))).toBe('2026-04-03T11:00:00.123Z');
  });

  it.each(['2026-02-30T10:00:00Z', '2026-04-03T10:00:00', '2026-04-03', '5', '', '2026-04-03T25:00:00Z', '2026-13-01T10:00:00Z'])(
    'is not %s',
    (text) => {
      expect(() => instant(text)).toThrow(RangeError);
    },
  );

  it('in a record has to exist', () => {
    expect(Instant.safeParse('2024-02-29T23:59:59.999Z').success).toBe(true);
    for (const text of ['2026-02-29T10:00:00.000Z', '2026-04-03T24:00:00.000Z', '2026-04-03T10:00:00Z', '2026-04-03T10:00:00.000+00:00'])
      expect(Instant.safeParse(text).success).toBe(false);
  });
});

describe('a day', () => {
  it('exists', () => {
    expect(day('2024-02-29')).toBe('2024-02-29');
    expect(() => day('2026-02-29')).toThrow(RangeError);
    expect(() => day('2026-2-9')).toThrow(RangeError);
  });
});
