import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { commandId, event, HandClock } from '../../conformance/samples.js';
import type { StreamName } from '@waymark/kernel';
import { ReconnectingClient } from './reconnecting-client.js';
import { Writer } from './writer.js';

/** A server that takes one group after the other, each after so many milliseconds of work and of commit, and notes how many appends were in it. */
class Server {
  readonly groups: number[] = [];
  #turn = Promise.resolve();
  #head = 0;

  constructor(private readonly takes: { readonly workMsEach: number; readonly commitMs: number }) {}

  query({ values }: { values: readonly Buffer[] }): Promise<{ rows: unknown[][] }> {
    const appends = values[0]!.readInt32BE(12);
    const workMs = appends * this.takes.workMsEach;
    const answer = this.#turn.then(async () => {
      const beganMs = performance.now();
      await delay(workMs + this.takes.commitMs);
      this.groups.push(appends);
      return { rows: [[String((this.#head += appends) - appends), beganMs, workMs]] };
    });
    this.#turn = answer.then(() => undefined);
    return answer;
  }

  once(): void {}
}

/** Twenty writers that append again as soon as they are answered; the sizes of the groups once they are stable. */
const settledGroups = async (server: Server): Promise<readonly number[]> => {
  const writer = new Writer({
    line: new ReconnectingClient(() => Promise.resolve(server as unknown as pg.Client)),
    clock: new HandClock(),
    timeoutMs: 1_000,
    told: (error) => error,
    onCommit: () => undefined,
  });
  const write = async (stream: StreamName) => {
    for (let version = 0; version < 20; version += 1)
      await writer.append({ stream, expected: version, events: [event()], commandId: commandId() });
  };
  await Promise.all(Array.from({ length: 20 }, (_, number) => write(`referral.contact-${number}` as StreamName)));
  return server.groups.slice(8, -4);
};

describe('a writer', () => {
  it('shares out among two groups those who are there at once, where the server works longer than it commits', async () => {
    const groups = await settledGroups(new Server({ workMsEach: 1, commitMs: 2 }));
    expect(Math.max(...groups)).toBeLessThanOrEqual(11);
  });

  it('lets them go together where a commit takes longer than the work on all of them', async () => {
    const groups = await settledGroups(new Server({ workMsEach: 0.1, commitMs: 20 }));
    expect(Math.min(...groups)).toBe(20);
  });
});
