import { derivedId, type EventOf, type Issue, type StreamName, type Workflow } from '@waymark/kernel';
import { MemoryBus, MemoryTopicLog, type Bus } from '@waymark/messaging';
import { MemoryReadModelStore, type Document, type ReadModelStore } from '@waymark/read-model';
import { Consumer } from '../src/bus/consumer.js';
import { projection, ProjectionReaction } from '../src/projections/projection.js';
import { relayReaction } from '../src/relay/relay.js';
import { waitUntilIdle } from '../src/supervision/wait-until-idle.js';
import { Supervisor } from '../src/supervision/supervisor.js';
import { workflowOverLog } from '../src/workflows/workflow-reaction.js';
import { WorkflowRunner, type Dispatch } from '../src/workflows/workflow-runner.js';
import { append, caseOf, clock, counted, Counted, envelope, Noted, noPause, noted, streamOf } from './events.js';
import { MemoryEvents } from './memory-events.js';
import { DoomedProcess } from './process.js';

export const tallies = { name: 'planning.tallies', indexes: [] };
export const copies = { name: 'reporting.copies', indexes: [] };
export interface Tally extends Document {
  readonly seen: readonly number[];
}

/** What survives a process: the engines. */
export interface Engines {
  readonly store: MemoryEvents;
  readonly readModel: ReadModelStore;
  /** A bus of this process over the topics that survive it. */
  readonly openBus: () => Bus;
}
export const busOptions = { contracts: [counted, noted], sleep: noPause };
export const newEngines = (): Engines => {
  const topics = new MemoryTopicLog();
  return { store: new MemoryEvents(), readModel: new MemoryReadModelStore(), openBus: () => new MemoryBus(busOptions, topics) };
};

export interface Faults {
  /** Breaks the read-model store in some way. */
  readonly readModel?: (store: ReadModelStore) => ReadModelStore;
  /** Commands get an id that does not follow from their cause. */
  readonly freshCommandIds?: boolean;
  /** No fault, but a strain: the projection is rebuilt while everything runs. */
  readonly rebuild?: boolean;
}

const everySecond: Workflow<EventOf<typeof Counted>, { count: number }> = {
  name: 'every-second',
  instance: (input) => input.caseId,
  initial: { count: 0 },
  react: ({ count }, input) => ({
    state: { count: count + 1 },
    issues:
      count % 2 === 1 ? [{ aggregate: 'planning.note', id: input.caseId ?? '', command: { kind: 'Note', caseId: input.caseId } }] : [],
  }),
};

let fresh = 0;
/** Handles the one command there is: appends to the stream of the case's notes, under the command's id. */
const dispatchTo =
  (store: MemoryEvents, process: DoomedProcess, freshIds: boolean): Dispatch =>
  async (issue: Issue, meta) => {
    const stream: StreamName = `planning.note-${issue.id}`;
    const commandId = freshIds ? derivedId('fresh', String((fresh += 1))) : meta.commandId;
    const version = store.of(stream).length;
    const event = {
      ...Noted({ n: version + 1 }),
      ...envelope,
      id: derivedId('note', commandId),
      caseId: issue.command.caseId,
      occurredAt: clock.now(),
    };
    await process.call(() =>
      store.append(stream, version || 'none', [{ ...event, correlationId: meta.correlationId, causationId: meta.causationId }], commandId),
    );
  };

const appendSeen = async (
  documents: { get: (c: string, id: string) => Promise<Tally | undefined>; put: (c: string, d: Tally) => void },
  collection: string,
  id: string,
  n: number,
) => {
  const known = await documents.get(collection, id);
  documents.put(collection, { id, seen: [...(known?.seen ?? []), n] });
};

/** A process with one reaction of each kind: a projection, a relay, a workflow, and another service's consumer. */
export const startProcess = async (engines: Engines, process: DoomedProcess, faults: Faults = {}) => {
  const guardedBus = process.around(engines.openBus());
  const readModel = process.around((faults.readModel ?? ((store) => store))(engines.readModel));
  const store = process.around(engines.store);
  const deps = { store, readModel, clock, sleep: noPause };
  const dispatch = dispatchTo(engines.store, process, faults.freshCommandIds ?? false);
  const runner = new WorkflowRunner({ service: 'planning', workflow: everySecond, store, dispatch, envelope });
  const planning = new Supervisor('planning', [
    new ProjectionReaction(
      projection({
        name: 'planning.tally',
        collections: [tallies],
        handles: [Counted],
        project: (event, documents) => appendSeen(documents, tallies.name, event.caseId ?? '', event.data.n),
      }),
      deps,
    ),
    relayReaction(
      {
        name: 'planning.relay',
        handles: [Counted, Noted],
        topics: [counted.topic],
        publish: (event) => [{ contract: event.type === 'planning.Counted.v1' ? counted : noted, data: event.data }],
      },
      guardedBus,
      { ...deps, checkpointWithinMs: 1 },
    ),
    workflowOverLog(runner, [Counted], deps),
  ]);
  const reporting = new Supervisor('reporting', [
    new Consumer(
      {
        name: 'reporting.copy',
        handles: [counted],
        ignores: [noted],
        effect: async (messages, documents) => {
          for (const { key, data } of messages) await appendSeen(documents, copies.name, key, data.n);
        },
      },
      guardedBus,
      { ...deps, head: () => store.head() },
    ),
  ]);
  await readModel.declare(copies);
  await planning.start();
  await reporting.start();
  if (faults.rebuild) await planning.rebuild('planning.tally');
  const reactions = [...planning.all(), ...reporting.all()];
  return {
    settled: () => waitUntilIdle({ store, reactions, timeoutMs: 20_000 }),
    stop: () => Promise.all([planning.stop(), reporting.stop()]),
  };
};

export const cases = ['a', 'b'];
export const perCase = 5;

export const fill = async (store: MemoryEvents): Promise<void> => {
  for (let n = 1; n <= perCase; n += 1) for (const name of cases) await append(store, name, Counted({ n }));
};

/** Everything that reactions have brought about. */
export const outcome = async ({ store, readModel }: Engines) => {
  const seen = async (collection: string, id: string) => (await readModel.get<Tally>(collection, id))?.seen;
  const of = async (name: string) => ({
    events: store.of(streamOf(name)).length,
    projected: await seen(tallies.name, caseOf(name)),
    copied: await seen(copies.name, caseOf(name)),
    remembered: store
      .of(`planning.workflow-every-second-${caseOf(name)}`)
      .map(({ data }) => (data as { state: { count: number } }).state.count),
    notes: store.of(`planning.note-${caseOf(name)}`).length,
  });
  return Object.fromEntries(await Promise.all(cases.map(async (name) => [name, await of(name)] as const)));
};

const numbers = Array.from({ length: perCase }, (_, i) => i + 1);
const once = { events: perCase, projected: numbers, copied: numbers, remembered: numbers, notes: Math.floor(perCase / 2) };
/** What an undisturbed process brings about. */
export const expected: Record<string, unknown> = Object.fromEntries(cases.map((name) => [name, once]));

/** Kills a process at its n-th call, starts another over what it left, and tells what came of it. */
export const killedAt = async (n: number, when: 'before' | 'after', faults: Faults = {}) => {
  const engines = newEngines();
  await fill(engines.store);
  const doomed = new DoomedProcess(n, when);
  const first = startProcess(engines, doomed, faults).then((process) => process.settled());
  await Promise.race([doomed.died, first]);
  const second = await startProcess(engines, new DoomedProcess(), faults);
  await second.settled();
  await second.stop();
  return outcome(engines);
};
