import type { After } from '@waymark/event-store';
import { describe, expect, it } from '@jest/globals';
import { checkpointAfter, checkpointOf, checkpointText, placeOf } from './checkpoint.js';

const [seven, eight] = ['0000000000000007', '0000000000000008'] as After[] as [After, After];

describe('a checkpoint', () => {
  it('is the position alone until something is put right at it', () => {
    expect(checkpointText({ place: seven, revision: 0 })).toBe(seven);
    expect(checkpointOf(seven)).toEqual({ place: seven, revision: 0 });
    expect(checkpointOf('start')).toEqual({ place: 'start', revision: 0 });
  });

  it('is another one after every write, later as text, and keeps its place', () => {
    const texts = [checkpointText({ place: seven, revision: 0 })];
    for (let n = 0; n < 12; n += 1) texts.push(checkpointText(checkpointAfter(checkpointOf(texts.at(-1) ?? ''), seven)));
    expect(new Set(texts).size).toBe(13);
    expect([...texts].sort()).toEqual(texts);
    expect(new Set(texts.map(placeOf))).toEqual(new Set([seven]));
    const next = checkpointText(checkpointAfter(checkpointOf(texts.at(-1) ?? ''), eight));
    expect(next).toBe(eight);
    expect(next > (texts.at(-1) ?? '')).toBe(true);
  });
});
