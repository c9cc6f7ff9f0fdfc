import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Flusher } from './flusher.js';

describe('waiting for the disk', () => {
  let folder: string;
  let flusher: Flusher;
  /** What ends each wait, in the order in which they began. */
  let ends: { readonly well: () => void; readonly badly: (error: Error) => void }[];
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'flusher-'));
    writeFileSync(join(folder, 'file'), '');
    ends = [];
    flusher = new Flusher(join(folder, 'file'), () => new Promise((resolve, reject) => ends.push({ well: resolve, badly: reject })));
  });
  afterEach(async () => {
    await flusher.close();
    rmSync(folder, { recursive: true });
  });

  it('ends for nobody before the disk has answered', async () => {
    let done = false;
    const first = flusher.flush().then(() => (done = true));
    await turn();
    expect([ends.length, done]).toEqual([1, false]);
    ends[0]?.well();
    await first;
  });

  it('is begun anew for those who wrote while one was under way, once for all of them', async () => {
    const first = flusher.flush();
    await turn();
    let later = 0;
    const others = [flusher.flush(), flusher.flush()].map((one) => one.then(() => (later += 1)));
    await turn();
    expect(ends).toHaveLength(1);
    ends[0]?.well();
    await first;
    await turn();
    expect([ends.length, later]).toEqual([2, 0]);
    ends[1]?.well();
    await Promise.all(others);
    expect(later).toBe(2);
  });

  it('fails for those whose writes it was about, and for no others', async () => {
    const first = flusher.flush();
    await turn();
    const second = flusher.flush();
    ends[0]?.badly(new Error('EIO'));
    await expect(first).rejects.toThrow('EIO');
    await turn();
    ends[1]?.well();
    await second;
  });
});
