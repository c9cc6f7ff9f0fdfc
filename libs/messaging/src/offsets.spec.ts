import { describe, expect, it } from '@jest/globals';
import { hasTaken, lagOf, type GroupOffsets, type CommittedOffsets } from './offsets.js';

const standing = (...partitions: [next: number, end: number][]): GroupOffsets =>
  new Map(partitions.map(([next, end], partition) => [`topic ${partition}`, { next, end }]));

describe('how far a group has come', () => {
  it('is behind by what it has not taken of all partitions', () => {
    expect(lagOf(standing([3, 5], [2, 2], [0, 4]))).toBe(6);
    expect(lagOf(standing())).toBe(0);
  });

  const taken = (...offsets: number[]): CommittedOffsets => new Map(offsets.map((next, partition) => [`topic ${partition}`, next]));

  it('has taken what was there then once each partition is past where it ended then, whatever came since', () => {
    const then = standing([3, 5], [2, 2]);
    expect(hasTaken(then, taken(5, 2))).toBe(true);
    expect(hasTaken(then, taken(4, 40))).toBe(false);
  });

  it('has not taken what a partition held of which nothing is known any more', () => {
    expect(hasTaken(standing([3, 5]), taken())).toBe(false);
    expect(hasTaken(standing([5, 5]), taken())).toBe(true);
  });
});
