import { describe, expect, it } from '@jest/globals';
import { CaseId, defineContract, derivedId, Uuid } from '@waymark/kernel';
import { MemoryBus, MemoryTopicLog } from './adapters/memory.js';
import type { Partition } from './topic-log.js';

const contracts = [
  defineContract('earlyhelp.referral.contact-received.v1', { contactId: Uuid }),
  defineContract('earlyhelp.assessment.consent-given.v1', { contactId: Uuid }),
  defineContract('earlyhelp.planning.episode-opened.v1', { contactId: Uuid }),
] as const;

const enough = 20_000;

/** Counts how often anybody looks for something to deliver, and gives up once nobody could do that for good reason. */
class Watched extends MemoryTopicLog {
  looks = 0;
  readonly tooMany = new AbortController();

  override committed(group: string, at: Partition): number {
    this.looks += 1;
    if (this.looks > enough) this.tooMany.abort();
    return super.committed(group, at);
  }
}

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
};

describe('the consumers of one group on several topics', () => {
  // Those of one partition take turns. Whoever found another at work was woken after it, and woke the others by looking: without an end, and without
  // the process ever doing anything else.
  it.each(Array.from({ length: 12 }, (_, apart) => [apart]))('come to rest when all is delivered, told %i turns apart', async (apart) => {
    const log = new Watched();
    const bus = new MemoryBus({ contracts }, log);
    const stop = new AbortController();
    const until = AbortSignal.any([stop.signal, log.tooMany.signal]);
    let taken = 0;
    const consuming = bus.consume(
      { group: 'reporting', topics: contracts.map(({ topic }) => topic), assigned: () => turns(apart) },
      async (batch) => {
        taken += batch.length;
        await turns(1 + (taken % 5));
      },
      until,
    );
    const sent = 60;
    for (let n = 0; n < sent; n += 1) {
      const { type, topic } = contracts[n % contracts.length] ?? contracts[0];
      const key = CaseId.parse(derivedId('case', String(n)));
      await bus.publish(topic, [
        {
          ...{ id: derivedId('message', String(n)), type, source: '/services/referral', time: '2026-03-02T09:15:00.000Z', key },
          ...{ position: String(n), correlationId: derivedId('c'), data: { contactId: derivedId('contact', String(n)) } },
        },
      ]);
      await turns(n % (apart + 1));
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    stop.abort();
    await consuming;
    expect(taken).toBe(sent);
    expect(log.looks).toBeLessThan(enough);
    await bus.close();
  });
});
