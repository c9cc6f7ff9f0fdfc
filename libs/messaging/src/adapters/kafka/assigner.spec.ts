import { describe, expect, it } from '@jest/globals';
import { shareOut } from './assigner.js';

describe('what the members of a group get', () => {
  const four = () => [0, 1, 2, 3];

  it('is each partition once, and the same partition of every topic together', () => {
    const readers = ['b', 'a', 'c'].map((memberId) => ({ memberId, topics: ['referral', 'planning'] }));
    const shares = [...shareOut(readers, four).values()];
    expect(shares.flatMap(({ referral = [] }) => referral).sort()).toEqual(four());
    for (const { referral, planning } of shares) expect(referral).toEqual(planning);
    expect(shares.every(({ referral = [] }) => referral.length > 0)).toBe(true);
  });

  it('holds only topics that the member reads', () => {
    const shares = shareOut(
      [
        { memberId: 'old', topics: ['referral'] },
        { memberId: 'new', topics: ['referral', 'planning'] },
      ],
      four,
    );
    expect(shares.get('new')?.['planning']).toEqual(four());
    expect(shares.get('old')?.['planning']).toBeUndefined();
    expect([...(shares.get('old')?.['referral'] ?? []), ...(shares.get('new')?.['referral'] ?? [])].sort()).toEqual(four());
  });

  it('is nothing for a member too many', () => {
    const readers = Array.from({ length: 5 }, (_, i) => ({ memberId: `m${i}`, topics: ['referral'] }));
    expect(shareOut(readers, four).get('m4')).toEqual({});
  });
});
