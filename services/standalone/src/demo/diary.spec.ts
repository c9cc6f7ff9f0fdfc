import { describe, expect, it } from '@jest/globals';
import { tellInOrder } from './diary.js';
import type { Part } from './tale.js';

const told: string[] = [];

async function* tale(name: string, ...moments: readonly string[]): Part {
  for (const moment of moments) {
    yield moment;
    told.push(`${name} at ${moment}`);
  }
}

const tell = async (tales: readonly Part[]) => {
  told.length = 0;
  const ends: number[] = [];
  const moves: string[] = [];
  await tellInOrder(tales, {
    moveTo: async (at) => {
      moves.push(at);
      told.push(`clock ${at}`);
    },
    onEnd: (ended) => ends.push(ended),
  });
  return { moves, ends };
};

describe('the diary', () => {
  it('tells what happened in the order of time, whichever family it happened to', async () => {
    const { ends } = await tell([tale('a', '2026-03-02', '2026-03-09'), tale('b', '2026-03-05')]);
    expect(told).toEqual([
      'clock 2026-03-02',
      'a at 2026-03-02',
      'clock 2026-03-05',
      'b at 2026-03-05',
      'clock 2026-03-09',
      'a at 2026-03-09',
    ]);
    expect(ends).toEqual([1, 2]);
  });

  it('moves the clock once for what happens at the same moment, and tells it in the order of the families', async () => {
    const { moves } = await tell([tale('a', '2026-03-02'), tale('b', '2026-03-02')]);
    expect(moves).toEqual(['2026-03-02']);
    expect(told).toEqual(['clock 2026-03-02', 'a at 2026-03-02', 'b at 2026-03-02']);
  });

  it('never moves the clock back: a moment before the last one is now', async () => {
    const { moves } = await tell([tale('a', '2026-03-09', '2026-03-02')]);
    expect(moves).toEqual(['2026-03-09']);
  });

  it('ends with the failure of a tale', async () => {
    async function* broken(): Part {
      yield '2026-03-02';
      throw new Error('refused');
    }
    await expect(tell([broken(), tale('b', '2026-03-09')])).rejects.toThrow('refused');
    expect(told).toEqual(['clock 2026-03-02']);
  });
});
