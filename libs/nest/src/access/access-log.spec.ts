import { describe, expect, it } from '@jest/globals';
import { collect, type EventStore, type NewEvent, type Recorded } from '@waymark/event-store';
import { instant, type CaseId, type UserId, type OrganisationId, type Uuid } from '@waymark/kernel';
import { idOf } from '@waymark/testing';
import { memoryEngines } from '../engines/engines.js';
import { systemIds } from '../platform/system-ids.js';
import { AccessLog, type Asker } from './access-log.js';

const now = instant('2026-03-02T09:15:00Z');
const clock = { now: () => now };
const asker: Asker = {
  actor: { user: 'dana' as UserId, role: 'practitioner', organisation: 'fenbank-primary' as OrganisationId },
  purpose: 'early-help',
  correlationId: idOf('correlation'),
  commandId: idOf('request'),
  now,
};
const decided = (record: string) => ({
  action: 'assessment.read',
  position: '0000000000000007',
  requestId: idOf<Uuid>('request'),
  caseId: idOf<CaseId>('case'),
  record,
  outcome: 'allowed' as const,
  ground: 'leadProfessional',
  rule: null,
});

const start = () => {
  const { access } = memoryEngines({ events: [], contracts: [], topics: [] }, clock);
  const appends: (readonly NewEvent[])[] = [];
  let broken = false;
  const store: Pick<EventStore, 'append'> = {
    append: (stream, expected, events, commandId) => {
      appends.push(events);
      return broken ? Promise.reject(new Error('the disk is full')) : access.append(stream, expected, events, commandId);
    },
  };
  const failures: unknown[] = [];
  const log = new AccessLog({ store, clock, ids: systemIds }, (error) => failures.push(error));
  const all = async () => (await collect(access.readAll('start'))) as readonly Recorded[];
  return { log, all, appends, failures, breaks: (yes: boolean) => (broken = yes) };
};

describe('the access log', () => {
  it('ACC-02 names who, in which role, for whom and why, what of which record, the decision with its ground, and how far the record was', async () => {
    const { log, all } = start();
    await log.decided(asker, decided('an-assessment'));
    expect(await all()).toMatchObject([
      {
        type: 'access.AccessDecided.v1',
        caseId: idOf('case'),
        actor: asker.actor,
        purpose: 'early-help',
        correlationId: idOf('correlation'),
        data: decided('an-assessment'),
      },
    ]);
  });

  it('those who wait share one append, in a stream that nobody else writes to', async () => {
    const { log, all, appends } = start();
    await Promise.all(Array.from({ length: 50 }, (_, index) => log.decided(asker, decided(`r${index}`))));
    expect(appends.length).toBeLessThanOrEqual(2);
    await log.decided(asker, decided('later'));
    const events = await all();
    expect(new Set(events.map(({ stream }) => stream)).size).toBe(1);
    expect(events.map(({ version }) => version)).toEqual(Array.from({ length: 51 }, (_, index) => index + 1));
  });

  it('ACC-02 resolves only once it is written', async () => {
    const { log, all } = start();
    let resolved = false;
    const recorded = log.decided(asker, decided('r')).then(() => (resolved = true));
    expect([resolved, await all()]).toEqual([false, []]);
    await recorded;
    expect(await all()).toHaveLength(1);
  });

  it('ACC-02 answers 503 to all who waited where it cannot be written, says why to the operator, and goes on afterwards in another stream', async () => {
    const { log, all, failures, breaks } = start();
    await log.decided(asker, decided('before'));
    breaks(true);
    const tried = await Promise.allSettled(['a', 'b'].map((record) => log.decided(asker, decided(record))));
    for (const each of tried) expect(each).toMatchObject({ status: 'rejected', reason: { document: { status: 503, rule: 'ACC-02' } } });
    expect(failures).toHaveLength(1);
    breaks(false);
    await log.decided(asker, decided('after'));
    const streams = (await all()).map(({ stream }) => stream);
    expect(streams).toHaveLength(2);
    expect(new Set(streams).size).toBe(2);
  });
});
