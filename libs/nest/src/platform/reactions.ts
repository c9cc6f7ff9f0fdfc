import type { Logger } from 'pino';
import { StoreUnusable, type After, type Aggregates } from '@waymark/event-store';
import type { CaseId, Clock, Ids } from '@waymark/kernel';
import {
  Consumer,
  deadlineIndex,
  NotIdle,
  parkedCollection,
  parkedKeys,
  placeOf,
  ProjectionReaction,
  readsBus,
  readsLog,
  relayReaction,
  Republisher,
  waitUntilIdle,
  Supervisor,
  Timers,
  troubleOf,
  WorkflowRunner,
  workflowOverBus,
  workflowOverLog,
  type BusReaction,
  type ConsumerDeps,
  type DeadLetter,
  type LogReactionDeps,
  type Progress,
  type Reaction,
  type ReactionStatus,
  type Relay,
  type ReplayResult,
  type ElectionOptions,
} from '@waymark/event-processing';
import { platformPolicy, type Guidance } from '../commands/guidance.js';
import type { Engines } from '../engines/engines.js';
import type { Forgetting } from '../erasure/forgetting.js';
import { purgeReaction } from '../erasure/purge.js';
import type { Rewrapping } from '../operation/rewrapping.js';
import { replicaEffect } from './replica-effect.js';
import { ReadBarrier } from './read-barrier.js';
import type { ReplicaDefinition, ServiceDefinition, WorkflowDefinition } from './service-definition.js';
import { systemActor, systemCommands, type SystemCommands } from './system-commands.js';

/** Everything that the services of this process do in reaction to events. */
export interface PlatformReactions {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** The read barrier: waits until read models and replicas have processed everything up to the position. False when the time is up first. */
  waitFor(position: string, timeoutMs: number): Promise<boolean>;
  /** What is recorded by now has reached one copy of others' facts, or one projection. False when the time is up first. */
  waitForReplica(name: string, timeoutMs: number): Promise<boolean>;
  /** The same for all that is recorded by now. */
  catchUp(timeoutMs: number): Promise<boolean>;
  /** Whether a copy lacks something of a case: it waits there, or at a relay of this process that publishes to it. */
  isParked(copy: string, caseId: CaseId): Promise<boolean>;
  /** Which of these cases a copy or projection lacks something of, in one go. */
  parkedOf(list: string, cases: readonly string[]): Promise<ReadonlySet<string>>;
  /** Nothing is left to react to. False when the time is up first. */
  settled(timeoutMs: number): Promise<boolean>;
  /** Fires what is due now, and what becomes due by it. */
  fireDue(): Promise<void>;
  status(): readonly ReactionStatus[];
  /** How many messages each consumer has yet to process; without consumers for which the bus does not answer now. */
  lags(): Promise<ReadonlyMap<string, number>>;
  parked(): Promise<readonly DeadLetter[]>;
  /** @throws NoSuchReaction | ReplayInProgress */
  replay(reaction: string, key: string): Promise<ReplayResult>;
  /** @throws NoSuchReaction */
  rebuild(projection: string, onProgress: (progress: Progress) => void): Promise<{ readonly events: number }>;
  /** Who publishes a contract of a service again; undefined where the service has no such contract. */
  republisher(service: string, type: string): Republisher | undefined;
}

interface Deps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly engines: Engines;
  readonly services: readonly ServiceDefinition[];
  readonly aggregates: Aggregates;
  readonly guidance: Guidance;
  readonly forgetting: Forgetting;
  readonly rewrapping: Rewrapping;
  readonly logger: Logger;
}

export const reactionsOf = (deps: Deps): PlatformReactions => {
  const { engines, services, clock, ids, forgetting, logger } = deps;
  const around: LogReactionDeps & ConsumerDeps = {
    store: engines.store,
    readModel: engines.readModels,
    clock,
    report: ({ reaction, doing, done }) => logger.warn({ reaction, doing, done }, 'still at work'),
    onFailure: (reaction, error) => logger.warn({ reaction, ...troubleOf(error) }, 'a reaction failed'),
    onReadAgain: (reaction, partitions) =>
      logger.warn(
        { reaction, partitions },
        'the read models lack what was taken from the bus, as after restoring an older backup: it is read again',
      ),
    onPassedOver: (reaction, type, because) =>
      logger.warn({ reaction, type, because }, 'messages of a type that is not known here are passed over'),
  };
  const commands = systemCommands(deps);
  const sharing = engines.leases && {
    leases: engines.leases,
    holder: ids.next(),
    onFailure: (lease: string, error: unknown) => logger.warn({ lease, ...troubleOf(error) }, 'a lease cannot be requested'),
  };
  const supervisors = services.map((service) => supervisorOf(service, { engines, around, commands, sharing, forgetting }));
  const republishers = services.map(
    (service) =>
      new Republisher({ relay: relayDefinition(service), contracts: service.publishes.contracts, bus: engines.bus, deps: around }),
  );
  return over(supervisors, republishers, deps);
};

interface SupervisorDeps {
  readonly engines: Engines;
  readonly around: LogReactionDeps & ConsumerDeps;
  readonly commands: SystemCommands;
  readonly sharing: ElectionOptions | undefined;
  readonly forgetting: Forgetting;
}

const supervisorOf = (service: ServiceDefinition, { engines, around, commands, sharing, forgetting }: SupervisorDeps): Supervisor => {
  const { gatherMs } = engines;
  const ofBus = { ...around, head: () => engines.store.head() };
  const ofLists = { ...around, ...(gatherMs === undefined ? {} : { restMs: gatherMs }) };
  const index = indexOf(service, ofLists);
  const projections = service.projections.map((definition) => ({ definition, reaction: new ProjectionReaction(definition, ofLists) }));
  const reactions: Reaction[] = [
    ...projections.map(({ reaction }) => reaction),
    relayOf(service, engines, around),
    ...service.replicas.map((definition) => replicaReaction(definition, engines, ofBus)),
    ...service.workflows.map((definition) =>
      workflowReaction(service, definition, { engines, around: ofBus, commands, sharing, forgetting }),
    ),
    ...(index ? [index] : []),
    ...(service.reactions?.({ log: around, bus: engines.bus }) ?? []),
    purgeReaction({ service: service.name, projections, idempotency: engines.idempotency, forgetting }, around),
  ];
  const timers =
    index && new Timers({ service: service.name, readModel: around.readModel, index, fire: commands.fire, clock: around.clock });
  return new Supervisor(service.name, reactions, { ...(timers ? { timers } : {}), ...(sharing ? { election: sharing } : {}) });
};

const relayDefinition = ({ name, events, publishes: { contracts, publish } }: ServiceDefinition): Relay => ({
  ...{ name: `${name}.relay`, handles: events, publish },
  topics: [...new Set(contracts.map(({ topic }) => String(topic)))],
});

const indexOf = ({ name, deadlines, aggregates }: ServiceDefinition, around: LogReactionDeps) => {
  const owners = aggregates.map((aggregate) => aggregate.name);
  return deadlines && new ProjectionReaction(deadlineIndex(name, deadlines, owners), around);
};

const relayOf = (service: ServiceDefinition, { bus, relayPace, gatherMs }: Engines, around: LogReactionDeps): Reaction =>
  relayReaction(relayDefinition(service), bus, {
    ...around,
    ...(relayPace ? { throttle: relayPace } : {}),
    ...(gatherMs === undefined ? {} : { checkpointWithinMs: gatherMs }),
  });

const ignored = <C extends { readonly type: string }>(outOf: readonly C[], handled: readonly { readonly type: string }[]): readonly C[] =>
  outOf.filter(({ type }) => !handled.some((contract) => contract.type === type));

const replicaReaction = (definition: ReplicaDefinition, engines: Engines, around: ConsumerDeps): Reaction => {
  const { name, collections, takes, outOf } = definition;
  const what = { name, handles: takes, ignores: ignored(outOf, takes), effect: replicaEffect(definition) };
  return Object.assign(new Consumer(what, engines.bus, around), { collections });
};

const workflowReaction = (
  service: ServiceDefinition,
  definition: WorkflowDefinition,
  { engines, around, commands }: SupervisorDeps & { readonly around: ConsumerDeps },
): Reaction => {
  const runner = new WorkflowRunner({
    service: service.name,
    workflow: definition.workflow,
    store: engines.store,
    dispatch: commands.dispatch,
    envelope: { actor: systemActor, purpose: 'operation', policy: { pack: platformPolicy.id, version: platformPolicy.version } },
  });
  if (definition.over === 'own-events') return workflowOverLog(runner, definition.handles, around);
  const contracts = { handles: definition.handles, ignores: ignored(definition.outOf, definition.handles) };
  return workflowOverBus(runner, contracts, engines.bus, around);
};

/**
 * An event log that was restored from an older backup ends before the checkpoints of the read models, which would silently miss what is recorded next.
 * @throws StoreUnusable
 */
const assertNotAhead = async ({ store, readModels }: Engines, reactions: readonly Reaction[]): Promise<void> => {
  const head = await store.head();
  for (const { name } of reactions.filter(readsLog)) {
    const seen = placeOf(await readModels.checkpoint(name));
    if (seen === 'start' || (head !== 'start' && seen <= head)) continue;
    throw new StoreUnusable(
      `The lists are ahead of the record (${name} has seen ${seen}, the record ends at ${head}), as after putting back an older backup. Remove read-models.db and bus.db from the data folder: both are made again from the record.`,
    );
  }
};

const over = (
  supervisors: readonly Supervisor[],
  republishers: readonly Republisher[],
  { engines, services, clock, forgetting, rewrapping }: Deps,
): PlatformReactions => {
  const all = supervisors.flatMap((supervisor) => supervisor.all());
  const of = (name: string): Supervisor =>
    supervisors.find(({ service }) => name.startsWith(`${service}.`)) ?? (supervisors[0] as Supervisor);

  const barrier = new ReadBarrier({ store: engines.store, bus: engines.bus, reactions: all, here: services.map(({ name }) => name) });
  const isSettled = async (timeoutMs: number): Promise<boolean> => {
    try {
      await waitUntilIdle({ store: engines.store, reactions: all, timeoutMs });
      return true;
    } catch (error) {
      if (error instanceof NotIdle) return false;
      throw error;
    }
  };

  const parkedOf = async (list: string, cases: readonly string[]): Promise<ReadonlySet<string>> => {
    const places = [list, ...relaysTo(list, all)];
    const keys = await Promise.all(places.map((place) => parkedKeys(engines.readModels, parkedCollection(place).name, cases)));
    return new Set(keys.flatMap((some) => [...some]));
  };

  return {
    start: async () => {
      await assertNotAhead(engines, all);
      // Before anything is shown or folded: keys that an older backup brought back are destroyed again.
      await forgetting.start();
      rewrapping.start();
      for (const { collections } of services.flatMap(({ replicas }) => replicas))
        for (const collection of collections) await engines.readModels.declare(collection);
      for (const supervisor of supervisors) await supervisor.start();
    },
    stop: async () => {
      await Promise.all([
        ...[forgetting.stop(), rewrapping.stop(), barrier.stop()],
        ...republishers.map((each) => each.stop()),
        ...supervisors.map((supervisor) => supervisor.stop()),
      ]);
    },
    waitFor: (position, timeoutMs) => barrier.waitFor(position as After, timeoutMs),
    waitForReplica: (name, timeoutMs) => barrier.waitForReplica(name, timeoutMs),
    catchUp: async (timeoutMs) => {
      const head = await engines.store.head();
      return head === 'start' || barrier.waitFor(head, timeoutMs);
    },
    isParked: async (copy, caseId) => (await parkedOf(copy, [caseId])).has(caseId),
    parkedOf,
    settled: isSettled,
    fireDue: async () => {
      for (;;) {
        await isSettled(settleMs);
        let fired = 0;
        for (const { timers } of supervisors) fired += (await timers?.runDue(clock.now()))?.fired ?? 0;
        if (fired === 0) return;
      }
    },
    lags: () => lagsOf(all.filter(readsBus)),
    status: () => supervisors.flatMap((supervisor) => supervisor.status()),
    parked: async () => (await Promise.all(supervisors.map((supervisor) => supervisor.parked()))).flat(),
    replay: (name, key) => of(name).replay(name, key),
    rebuild: (name, onProgress) => of(name).rebuild(name, onProgress),
    republisher: (service, type) => republishers.find((each) => each.service === service && each.publishes(type)),
  };
};

/** The relays of this process that publish what a copy listens to. */
const relaysTo = (copy: string, all: readonly Reaction[]): readonly string[] => {
  const topics = all.filter(readsBus).find(({ name }) => name === copy)?.topics ?? [];
  return all
    .filter(readsLog)
    .filter(({ publishes }) => publishes?.some((topic) => topics.includes(topic)))
    .map(({ name }) => name);
};

const lagsOf = async (consumers: readonly BusReaction[]): Promise<ReadonlyMap<string, number>> => {
  const told = await Promise.allSettled(consumers.map(async (consumer) => [consumer.name, await consumer.lag()] as const));
  return new Map(told.flatMap((one) => (one.status === 'fulfilled' && Number.isFinite(one.value[1]) ? [one.value] : [])));
};

const settleMs = 30_000;
