import { describe, expect, it } from '@jest/globals';
import { instant, type OrganisationId } from '@waymark/kernel';
import { relationship } from './access.fixture.js';
import { afterChange, holdingAt, keysOf } from './relationships.js';
import { begins, ends } from './telling.js';

const day = (which: number) => instant(`2026-03-${String(which).padStart(2, '0')}T10:00:00Z`);
const around = (organisation: string, from: number, until: number | null = null) =>
  begins(
    'agency-around-the-family',
    { organisation: organisation as OrganisationId },
    { on: 'consent', from: day(from), until: until === null ? null : day(until) },
  );

describe('relationships to a case', () => {
  it('hold until their end, whatever the clock of whoever recorded them said', () => {
    const [one] = [relationship('team-member', 'elm', 'dana', { from: day(2), until: day(4) })];
    expect([1, 2, 3, 4].map((which) => holdingAt([one], day(which)).length)).toEqual([1, 1, 1, 0]);
  });

  it('CON-13 end for the agencies that a withdrawal names, and for no other', () => {
    const before = [around('elm', 2), around('oak', 2)].reduce(afterChange, []);
    const after = afterChange(
      before,
      ends('agency-around-the-family', { on: 'consent', organisations: ['elm' as OrganisationId], at: day(5) }),
    );
    expect(holdingAt(after, day(4)).map(({ organisation }) => organisation)).toEqual(['oak']);
    const all = afterChange(after, ends('agency-around-the-family', { on: 'consent', organisations: null, at: day(7) }));
    expect(holdingAt(all, day(8))).toEqual([]);
  });

  it('are not lengthened by an ending after their end', () => {
    const after = afterChange(
      [around('elm', 2, 4)].reduce(afterChange, []),
      ends('agency-around-the-family', { organisations: null, at: day(9) }),
    );
    expect(holdingAt(after, day(5))).toEqual([]);
  });

  it('told twice are the same', () => {
    const once = [around('elm', 2)].reduce(afterChange, []);
    expect(afterChange(once, around('elm', 2))).toEqual(once);
  });

  it('are found by who somebody is, by their organisation, and by its staff', () => {
    expect(keysOf(relationship('involved-service', 'elm'))).toEqual(['o:elm']);
    expect(keysOf(relationship('team-member', 'elm', 'dana'))).toEqual(['u:dana@elm', 's:elm']);
  });
});
