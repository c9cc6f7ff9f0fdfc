import { randomBytes } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  aggregates,
  eventCatalogue,
  memoryEventLog,
  sealedEventStore,
  type Aggregates,
  type EventLog,
  type EventStore,
  type NewEvent,
} from '@waymark/event-store';
import {
  accept,
  defineEvent,
  derivedId,
  sealed,
  Text,
  Uuid,
  type Aggregate,
  type AnyCommand,
  type DomainEvent,
  type Instant,
  type OrganisationId,
  type UserId,
} from '@waymark/kernel';
import { DESTROYED, KeysUnavailable, memoryKeyStore, type KeyStore } from '@waymark/keys';
import { pino } from 'pino';
import { erasure, ErasureConfirmed, erasureEvents } from './erasure.js';
import { Forgetting } from './forgetting.js';
import { statisticEvents, StatisticSetAside } from './statistic.js';

const Named = defineEvent('referral.Named.v1', { subjectId: Uuid, name: sealed(Text, { of: 'subjectId' }) }, () => 'Somebody was named.');
const amir = derivedId('person', 'amir');
/** Its state is the whole of what was told. */
const told: Aggregate<AnyCommand, DomainEvent, string, never> = {
  name: 'referral.told',
  events: [Named],
  initial: '',
  decide: () => accept(),
  evolve: (state, { data }) => state + JSON.stringify(data),
};
const clock = { now: () => '2026-03-02T09:15:00.000Z' as Instant };
const newEvent = (event: DomainEvent): NewEvent => ({
  ...event,
  ...{ id: derivedId('event', event.type), caseId: null, occurredAt: clock.now(), purpose: 'operation' },
  actor: { user: 'mona' as UserId, role: 'manager', organisation: 'council' as OrganisationId },
  policy: { pack: 'platform', version: '1' },
  ...{ correlationId: derivedId('why'), causationId: derivedId('why') },
});

describe('a process that runs no reaction, as one that stands by', () => {
  let keys: KeyStore;
  let log: EventLog;
  let store: EventStore;
  let runner: Aggregates;
  let forgetting: Forgetting;
  let isAway: boolean;
  /** Whose key the keys do not have, as older ones do not. */
  let lost: string | undefined;
  beforeEach(async () => {
    const inner = memoryKeyStore(randomBytes);
    isAway = false;
    log = memoryEventLog({ clock });
    lost = undefined;
    keys = Object.assign(Object.create(inner) as KeyStore, {
      id: inner.id,
      peek: (subject: string) => (subject === lost ? undefined : inner.peek(subject)),
      provide: inner.provide.bind(inner),
      destroy: inner.destroy.bind(inner),
      find: async (subject: string) => {
        if (isAway) throw new KeysUnavailable('away', 'unreachable');
        return subject === lost ? undefined : inner.find(subject);
      },
    });
    const catalogue = eventCatalogue([Named, ...erasureEvents, ...statisticEvents]);
    store = sealedEventStore({ log, keys, catalogue, random: randomBytes });
    runner = aggregates({ store, clock, ids: { next: () => derivedId('next') } });
    forgetting = new Forgetting({ store, keys, aggregates: runner, logger: pino({ level: 'silent' }) });
    await store.append('referral.told-1', 'none', [newEvent(Named({ subjectId: amir, name: 'Amir Haddad' }))], derivedId('name'));
  });
  afterEach(() => forgetting.stop());

  const folded = async () => (await runner.load(told, '1')).state;
  const confirm = () =>
    store.append(`platform.erasure-${amir}`, 'none', [newEvent(ErasureConfirmed({ subjectId: amir }))], derivedId('confirm'));
  const until = async (holds: () => Promise<boolean>) => {
    for (let tries = 0; !(await holds()); tries += 1) {
      if (tries > 300) throw new Error('it does not come about');
      await after(10);
    }
  };

  it('B9 drops what it folded, and its key, when another confirms an erasure', async () => {
    await forgetting.start();
    expect(await folded()).toContain('Amir Haddad');
    await confirm();
    await until(async () => !(await folded()).includes('Amir Haddad'));
    expect(await keys.find(amir)).toBe(DESTROYED);
  });

  it('B9 has destroyed what was erased before by the time that it has started', async () => {
    await confirm();
    expect(await folded()).toContain('Amir Haddad');
    await forgetting.start();
    expect(await folded()).not.toContain('Amir Haddad');
  });

  const setAsideId = derivedId('set aside');
  const confirmCounted = async () => {
    const onItsWay = {
      statisticId: derivedId('statistic'),
      ofCase: null,
      ofChild: { authority: 'peterborough', year: 2026, quarter: 'Q1', ageBand: '5-9' },
    } as const;
    const events = [StatisticSetAside({ setAsideId, statistic: onItsWay }), ErasureConfirmed({ subjectId: amir })] as const;
    await store.append(`platform.erasure-${amir}`, 'none', [newEvent(events[0]), newEvent(events[1])], derivedId('confirm'));
    lost = setAsideId;
  };

  it('B9 B3 starts over keys that are older than an erasure, follows it, and tells that it was confirmed', async () => {
    await confirmCounted();
    await forgetting.start();
    expect(await folded()).not.toContain('Amir Haddad');
    expect(await keys.find(amir)).toBe(DESTROYED);
    expect((await runner.load(erasure, amir)).state).toEqual({ status: 'confirmed' });
  });

  it('B9 B3 follows an erasure whose count cannot be read, while it runs', async () => {
    await forgetting.start();
    await confirmCounted();
    await until(async () => (await keys.find(amir)) === DESTROYED);
  });

  it('B9 starts over no erasure that cannot be read itself', async () => {
    await confirm();
    const unreadable = eventCatalogue([Named, StatisticSetAside]);
    const blind = sealedEventStore({ log, keys, catalogue: unreadable, random: randomBytes });
    await expect(
      new Forgetting({ store: blind, keys, aggregates: runner, logger: pino({ level: 'silent' }) }).start(),
    ).rejects.toMatchObject({ name: 'UnreadableEvent' });
  });

  it('B9 follows an erasure once the keys are back', async () => {
    await forgetting.start();
    expect(await folded()).toContain('Amir Haddad');
    isAway = true;
    await confirm();
    await after(100);
    expect(await folded()).toContain('Amir Haddad');
    isAway = false;
    await until(async () => !(await folded()).includes('Amir Haddad'));
  });
});
