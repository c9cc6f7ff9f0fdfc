import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import {
  accept,
  code,
  count,
  defineEvent,
  derivedId,
  never,
  wrongState,
  type Aggregate,
  type CaseId,
  type Command,
  type EventOf,
  type Instant,
  type OrganisationId,
  type UserId,
} from '@waymark/kernel';
import { memoryKeyStore } from '@waymark/keys';
import { memoryEventLog } from '../adapters/memory.js';
import { HandClock } from '../conformance/samples.js';
import { WrongExpectedVersion } from '../event-log.js';
import type { EventStore, Recorded } from '../event-store.js';
import { eventCatalogue } from '../sealing/catalogue.js';
import { sealedEventStore } from '../sealing/store.js';
import { aggregates, type Aggregates } from './aggregates.js';
import type { CallerMeta, Handled } from './results.js';

const SlotTaken = defineEvent('planning.SlotTaken.v1', { slot: count() }, () => 'A slot was taken.');
const PanelClosed = defineEvent('planning.PanelClosed.v1', { why: code(['full', 'done']) }, () => 'The panel was closed.');
type Happened = EventOf<typeof SlotTaken> | EventOf<typeof PanelClosed>;
type Ask = (Command<'TakeSlot'> & { readonly at?: Instant }) | Command<'Close'> | Command<'LeaveAsIs'>;
interface Panel {
  readonly taken: number;
  readonly closed: boolean;
}

/** Six slots, as long as it is open. */
const panel: Aggregate<Ask, Happened, Panel, { id: string; version: string }> = {
  name: 'planning.panel',
  events: [SlotTaken, PanelClosed],
  initial: { taken: 0, closed: false },
  decide: (command, { taken, closed }) => {
    switch (command.kind) {
      case 'TakeSlot':
        if (closed) return wrongState('The panel is closed.');
        return accept({ ...SlotTaken({ slot: taken + 1 }), ...(command.at ? { occurredAt: command.at } : {}) });
      case 'Close':
        return closed
          ? wrongState('The panel is closed already.')
          : accept<Happened>(SlotTaken({ slot: taken + 1 }), PanelClosed({ why: 'full' }));
      case 'LeaveAsIs':
        return accept();
      default:
        return never(command);
    }
  },
  evolve: (state, event) => (event.type === 'planning.SlotTaken.v1' ? { ...state, taken: state.taken + 1 } : { ...state, closed: true }),
};

const aCase = derivedId('case') as string as CaseId;
const pack = { id: 'peterborough', version: '2025-06' };
const now = '2026-03-02T09:15:00.000Z' as Instant;
const take = { kind: 'TakeSlot', caseId: aCase } as const;
const close = { kind: 'Close', caseId: aCase } as const;
let made = 0;
const meta = (changes: Partial<CallerMeta> = {}): CallerMeta => ({
  commandId: derivedId('runner', String((made += 1))),
  actor: { user: 'dana' as UserId, role: 'practitioner', organisation: 'fenbank-primary' as OrganisationId },
  purpose: 'early-help',
  correlationId: derivedId('correlation'),
  causationId: derivedId('causation'),
  ...changes,
});

let store: EventStore;
let runner: Aggregates;
const newRunner = (cacheSize = 100) => aggregates({ store, clock: new HandClock(now), ids: { next: v7 }, cacheSize });
const handled = async (running: Promise<unknown>): Promise<Handled> => {
  const result = (await running) as Handled;
  expect(result.outcome).toBe('accepted');
  return result;
};
const history = async (): Promise<Recorded[]> => {
  const events: Recorded[] = [];
  for await (const page of store.read('planning.panel-1')) events.push(...page);
  return events;
};

beforeEach(() => {
  const inner = sealedEventStore({
    log: memoryEventLog({ clock: new HandClock(now) }),
    keys: memoryKeyStore(randomBytes),
    catalogue: eventCatalogue([SlotTaken, PanelClosed]),
    random: randomBytes,
  });
  store = Object.assign(Object.create(inner) as EventStore, {
    read: (...asked: Parameters<EventStore['read']>) => inner.read(...asked),
    append: (...asked: Parameters<EventStore['append']>) => inner.append(...asked),
    committed: (...asked: Parameters<EventStore['committed']>) => inner.committed(...asked),
  });
  runner = newRunner();
});

describe('a command', () => {
  it('GEN-01 is decided, and its events carry who, why and under which policy', async () => {
    const told = meta();
    const result = await handled(runner.handle(panel, '1', take, { meta: told, pack }));
    expect(result).toMatchObject({ version: 1, repeated: false, events: [{ type: SlotTaken.type, data: { slot: 1 } }] });
    const [event] = await history();
    expect(event).toMatchObject({
      id: result.events[0]?.id,
      stream: 'planning.panel-1',
      caseId: aCase,
      actor: told.actor,
      purpose: 'early-help',
      policy: { pack: 'peterborough', version: '2025-06' },
      commandId: told.commandId,
      correlationId: told.correlationId,
      causationId: told.causationId,
      occurredAt: now,
      position: result.position,
    });
    expect(event?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  });

  it('that is refused writes nothing and says why', async () => {
    await handled(runner.handle(panel, '1', close, { meta: meta(), pack }));
    expect(await runner.handle(panel, '1', take, { meta: meta(), pack })).toMatchObject({
      outcome: 'refused',
      message: 'The panel is closed.',
    });
    expect(await history()).toHaveLength(2);
  });

  it('that changes nothing answers the version that is there and writes nothing', async () => {
    expect(await runner.handle(panel, '1', { kind: 'LeaveAsIs', caseId: aCase }, { meta: meta(), pack })).toMatchObject({
      version: 0,
      position: 'start',
    });
    const { position } = await handled(runner.handle(panel, '1', take, { meta: meta(), pack }));
    expect(await runner.handle(panel, '1', { kind: 'LeaveAsIs', caseId: aCase }, { meta: meta(), pack })).toEqual({
      outcome: 'accepted',
      version: 1,
      position,
      events: [],
      repeated: false,
    });
    expect(await history()).toHaveLength(1);
  });
});

describe('when it happened', () => {
  it('GEN-02 may lie before now, and stands beside when it was recorded', async () => {
    const earlier = '2026-02-27T16:00:00.000Z' as Instant;
    await handled(runner.handle(panel, '1', take, { meta: meta({ occurredAt: earlier }), pack }));
    expect((await history())[0]).toMatchObject({ occurredAt: earlier, recordedAt: now });
  });

  it('GEN-02 cannot lie after now', async () => {
    const later = '2026-03-02T09:15:00.001Z' as Instant;
    const refused = { outcome: 'refused', rule: 'GEN-02', field: 'occurredAt' };
    expect(await runner.handle(panel, '1', take, { meta: meta({ occurredAt: later }), pack })).toMatchObject(refused);
    expect(await runner.handle(panel, '1', { ...take, at: later }, { meta: meta(), pack })).toMatchObject(refused);
    expect(await history()).toEqual([]);
  });

  it('may be handed one event by itself, such as a deadline that passed', async () => {
    const due = '2026-03-01T00:00:00.000Z' as Instant;
    await handled(runner.handle(panel, '1', { ...take, at: due }, { meta: meta(), pack }));
    expect((await history())[0]?.occurredAt).toBe(due);
  });
});

describe('a command that comes again', () => {
  it('gets its first result, whatever has happened since', async () => {
    const told = meta();
    const first = await handled(runner.handle(panel, '1', close, { meta: told, pack }));
    const again = await handled(runner.handle(panel, '1', close, { meta: told, pack }));
    expect(again).toMatchObject({ version: first.version, position: first.position, repeated: true });
    expect(again.events.map(({ id }) => id)).toEqual(first.events.map(({ id }) => id));
    expect(await history()).toHaveLength(2);
  });

  it('gets it also where it would be accepted anew, and on a runner that remembers nothing', async () => {
    const told = meta();
    await handled(runner.handle(panel, '1', take, { meta: told, pack }));
    await handled(runner.handle(panel, '1', take, { meta: meta(), pack }));
    for (const other of [runner, newRunner()])
      expect(await other.handle(panel, '1', take, { meta: told, pack })).toMatchObject({
        version: 1,
        repeated: true,
        events: [{ data: { slot: 1 } }],
      });
    expect(await history()).toHaveLength(2);
  });

  it('gets it also with the version that it expected the first time', async () => {
    const told = meta();
    await handled(runner.handle(panel, '1', take, { meta: told, pack, expected: 0 }));
    expect(await runner.handle(panel, '1', take, { meta: told, pack, expected: 0 })).toMatchObject({ version: 1, repeated: true });
  });
});

describe('an expected version', () => {
  it('that is current is accepted', async () => {
    await handled(runner.handle(panel, '1', take, { meta: meta(), pack }));
    await handled(runner.handle(panel, '1', take, { meta: meta(), pack, expected: 1 }));
  });

  it('that is not current is stale, and says which one is', async () => {
    await handled(runner.handle(panel, '1', take, { meta: meta(), pack }));
    await expect(runner.handle(panel, '1', take, { meta: meta(), pack, expected: 3 })).rejects.toMatchObject({
      name: 'StaleVersion',
      expected: 3,
      current: 1,
    });
    expect(await history()).toHaveLength(1);
  });

  it('that somebody else overtakes between looking and writing is stale too', async () => {
    overtakeOnce();
    await expect(runner.handle(panel, '1', take, { meta: meta(), pack, expected: 0 })).rejects.toMatchObject({
      name: 'StaleVersion',
      current: 1,
    });
  });
});

/** Another process takes a slot just before our first append. */
const overtakeOnce = () => {
  const append = store.append.bind(store);
  store.append = async (...asked) => {
    store.append = append;
    await newRunner().handle(panel, '1', take, { meta: meta(), pack });
    return append(...asked);
  };
};

describe('races', () => {
  it('are decided again on the newer state', async () => {
    overtakeOnce();
    expect(await runner.handle(panel, '1', take, { meta: meta(), pack })).toMatchObject({ version: 2, events: [{ data: { slot: 2 } }] });
  });

  it('that are lost five times surface', async () => {
    let tries = 0;
    store.append = async (stream, expected) => {
      tries += 1;
      throw new WrongExpectedVersion(stream, expected, 7);
    };
    await expect(runner.handle(panel, '1', take, { meta: meta(), pack })).rejects.toMatchObject({ name: 'WrongExpectedVersion' });
    expect(tries).toBe(5);
  });

  it('among many callers of two runners leave every slot taken once', async () => {
    const other = newRunner();
    const results = await Promise.all(
      Array.from({ length: 30 }, (_, index) => handled((index % 2 ? runner : other).handle(panel, '1', take, { meta: meta(), pack }))),
    );
    const slots = results.map(({ events }) => (events[0]?.data as { slot: number }).slot);
    expect(slots.sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  });

  it('do not hold up other streams, nor does a failure hold up its own', async () => {
    const failing = {
      ...panel,
      decide: () => {
        throw new Error('a fault');
      },
    };
    const [failed, after, elsewhere] = await Promise.allSettled([
      runner.handle(failing, '1', take, { meta: meta(), pack }),
      runner.handle(panel, '1', take, { meta: meta(), pack }),
      runner.handle(panel, '2', take, { meta: meta(), pack }),
    ]);
    expect([failed.status, after.status, elsewhere.status]).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  });
});

describe('a loaded state', () => {
  it('of nothing is the initial one', async () => {
    expect(await runner.load(panel, '1')).toEqual({
      state: panel.initial,
      version: 0,
      exists: false,
      position: 'start',
      origin: undefined,
    });
  });

  it('is kept, yet never older than its stream', async () => {
    await handled(runner.handle(panel, '1', take, { meta: meta(), pack }));
    await handled(newRunner().handle(panel, '1', take, { meta: meta(), pack }));
    const loaded = await runner.load(panel, '1');
    expect(loaded).toMatchObject({
      state: { taken: 2 },
      version: 2,
      exists: true,
      origin: { caseId: aCase, policy: { pack: 'peterborough' } },
    });
    expect((await newRunner().load(panel, '1')).state).toEqual(loaded.state);
    expect((await newRunner().load(panel, '1')).origin).toEqual(loaded.origin);
  });

  it('is dropped when more are kept than there is room for, or on request', async () => {
    const small = newRunner(1);
    for (const id of ['1', '2']) await handled(small.handle(panel, id, take, { meta: meta(), pack }));
    expect((await small.load(panel, '1')).state).toEqual({ taken: 1, closed: false });
    let folds = 0;
    const counting = {
      ...panel,
      evolve: (state: Panel, event: Parameters<typeof panel.evolve>[1]) => ((folds += 1), panel.evolve(state, event)),
    };
    await small.load(counting, '1');
    expect(folds).toBe(0);
    small.forget();
    await small.load(counting, '1');
    expect(folds).toBe(1);
  });
});
