import { describe, expect, it } from '@jest/globals';
import { GroupSize } from './group-size.js';

interface Circumstances {
  readonly workOfOneMs?: number;
  /** How long this process takes to read an answer, while the server is at the next group already. */
  readonly lateMs?: number;
  /** How long the server waits for the next group. */
  readonly idleMs?: number;
}

/** Calls whose commit takes so long, at 20 µs of work for each append. */
const afterCalls = (commitMs: readonly number[], { workOfOneMs = 0.02, lateMs = 0, idleMs = 0 }: Circumstances = {}): GroupSize => {
  const size = new GroupSize();
  const workMs = 50 * workOfOneMs;
  let beganMs = 1_764_150_000_000;
  for (const ms of commitMs) {
    size.learn({ appends: 50, beganMs, workMs, wholeMs: workMs + ms + lateMs });
    beganMs += workMs + Math.max(ms, 0) + idleMs;
  }
  return size;
};
const often = (ms: number): readonly number[] => Array.from({ length: 100 }, () => ms);

describe('how many appends go in a group', () => {
  it('is all of them before anything is known', () => {
    const size = new GroupSize();
    expect(size.most(50)).toBe(Infinity);
    expect(size.enough).toBe(Infinity);
  });

  it('is half of them where a commit takes less than the work on all of them', () => {
    const size = afterCalls(often(0.3));
    expect(size.most(50)).toBe(25);
    expect(size.enough).toBe(25);
    expect(size.most(31)).toBe(25);
  });

  it.each<[string, GroupSize, number]>([
    ['the disk is slow', afterCalls(often(2)), 50],
    ['there are few', afterCalls(often(0.3)), 10],
    ['the disk has become slow', afterCalls([...often(0.3), ...often(2)]), 50],
  ])('is all of them where %s', (_, size, open) => {
    expect(size.most(open)).toBe(Infinity);
  });

  it('bears an answer that is read late, which makes one call longer and the next one shorter', () => {
    expect(afterCalls(Array.from({ length: 100 }, (_, call) => (call % 2 === 0 ? 1.1 : -0.9))).most(50)).toBe(25);
  });

  it('is learned from the server where this process is busy and reads every answer late', () => {
    expect(afterCalls(often(0.3), { lateMs: 3 }).most(50)).toBe(25);
    expect(afterCalls(often(2), { lateMs: 3 }).most(50)).toBe(Infinity);
  });

  it('is learned from the answers where the server waits for the next group', () => {
    expect(afterCalls(often(0.3), { idleMs: 3 }).most(50)).toBe(25);
    expect(afterCalls(often(2), { idleMs: 3 }).most(50)).toBe(Infinity);
  });

  it('does not compare the clocks of two servers', () => {
    const other = { appends: 50, beganMs: 1_000, workMs: 1, wholeMs: 3 };
    const size = afterCalls(often(2));
    size.meetAnother();
    size.learn(other);
    expect(size.most(50)).toBe(Infinity);
    const muddled = afterCalls(often(2));
    muddled.learn(other);
    expect(muddled.most(50)).toBe(25);
  });

  it('goes by what the work takes by itself, not by calls that waited for another process', () => {
    const size = afterCalls(often(2));
    size.meetAnother();
    for (let call = 0; call < 30; call += 1) size.learn({ appends: 50, beganMs: call * 7, workMs: 5, wholeMs: 7 });
    expect(size.most(50)).toBe(Infinity);
    expect(afterCalls(often(2), { workOfOneMs: 0.1 }).most(50)).toBe(25);
  });

  it('goes back to few once few have appended for a while', () => {
    const size = afterCalls(often(0.02));
    expect(size.most(200)).toBe(100);
    for (let group = 0; group < 1_000; group += 1) size.most(20);
    expect(size.enough).toBe(10);
  });
});
