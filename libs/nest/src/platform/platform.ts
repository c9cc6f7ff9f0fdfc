import type { Logger } from 'pino';
import { aggregates, StoreUnavailable, type Aggregates } from '@waymark/event-store';
import type { AnyEventDefinition, Clock, Ids, Instant } from '@waymark/kernel';
import { practicePolicy, type AccessPolicy } from '@waymark/access';
import { packFor, type PackSource } from '@waymark/policy';
import { AccessLog } from '../access/access-log.js';
import { CaseLists } from '../access/case-lists.js';
import { Gate } from '../access/gate.js';
import { Relationships } from '../access/relationships.js';
import { SingleFlight, withTimeout } from '@waymark/async';
import { AdjustableClock, systemClock } from '../clock/adjustable-clock.js';
import { CausalClock } from '../clock/causal-clock.js';
import { erasureEvents } from '../erasure/erasure.js';
import { Counting } from '../erasure/counting.js';
import { Forgetting } from '../erasure/forgetting.js';
import { statisticEvents } from '../erasure/statistic.js';
import { Rewrapping } from '../operation/rewrapping.js';
import { CaseDirectory } from '../commands/case-directory.js';
import { Guidance } from '../commands/guidance.js';
import { troubleOf, workflowAdvanced, type ReactionStatus } from '@waymark/event-processing';
import { ConsentLedgers } from '../consent/consent-ledgers.js';
import type { Config } from '../config/config.js';
import { platformMetrics, type PlatformMetrics } from '../health/metrics.js';
import type { Readiness } from '../health/health.controller.js';
import type { Engines, Vocabulary } from '../engines/engines.js';
import { reactionsOf, type PlatformReactions } from './reactions.js';
import type { ServiceDefinition } from './service-definition.js';
import { systemIds } from './system-ids.js';

/** One process's worth of Waymark: engines, the services on them, and what they share. */
export interface Platform {
  readonly config: Config;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly engines: Engines;
  readonly services: readonly ServiceDefinition[];
  readonly aggregates: Aggregates;
  readonly guidance: Guidance;
  readonly consents: ConsentLedgers;
  readonly reactions: PlatformReactions;
  readonly counting: Counting;
  readonly rewrapping: Rewrapping;
  readonly metrics: PlatformMetrics;
  readonly logger: Logger;
  /** What may be done and seen, by whom. */
  readonly policy: AccessPolicy;
  readonly gate: Gate;
  readonly caseLists: CaseLists;
  /** Keys the fingerprints of request bodies. */
  readonly secret: Uint8Array;
  readonly readiness: Readiness;
  afterClockMoved(): Promise<void>;
}

const typeOf = ({ type }: AnyEventDefinition): string => type as string;

/** What the services of one process own and read. Where the owner of an event that another reads is here too, its definition is the one. */
export const vocabularyOf = (services: readonly ServiceDefinition[]): Vocabulary => {
  const owned = [...services.flatMap(({ name, events }) => [...events, workflowAdvanced(name)]), ...erasureEvents, ...statisticEvents];
  const here = new Set(owned.map(typeOf));
  const others = services.flatMap(({ reads = [] }) => reads).filter((event) => !here.has(typeOf(event)));
  const read = new Map(others.map((event) => [typeOf(event), event]));
  const contracts = services.flatMap(({ publishes }) => publishes.contracts);
  const heard = services.flatMap(({ replicas, workflows }) => [...replicas, ...workflows.filter(({ over }) => over === 'contracts')]);
  const topics = [...contracts, ...heard.flatMap((listener) => ('outOf' in listener ? listener.outOf : []))].map(({ topic }) =>
    String(topic),
  );
  return { events: [...owned, ...read.values()], contracts, topics: [...new Set(topics)] };
};

/** The clock of a profile: only development has one that can be set. */
export const clockOf = ({ profile }: Pick<Config, 'profile'>): Clock =>
  new CausalClock(profile === 'development' ? new AdjustableClock() : systemClock);

const settleMs = 30_000;
const longestCatchUpMs = 2_000;

interface Deps {
  readonly config: Config;
  readonly clock: Clock;
  readonly engines: Engines;
  readonly services: readonly ServiceDefinition[];
  readonly logger: Logger;
  /** Where the guidance of the authorities comes from; the shipped packs by default. */
  readonly packs?: PackSource;
}

export const composePlatform = async ({ config, clock, engines, services, logger, packs = { packFor } }: Deps): Promise<Platform> => {
  const ids = systemIds;
  const observed = clock instanceof CausalClock ? (at: Instant) => clock.observe(at) : undefined;
  const runner = aggregates({ store: engines.store, clock, ids, ...(observed ? { observed } : {}) });
  const metrics = platformMetrics();
  const cases = new CaseDirectory(engines.readModels, async () => {
    await reactions.catchUp(longestCatchUpMs);
  });
  const guidance = new Guidance(cases, packs);
  const forgetting = new Forgetting({ store: engines.store, keys: engines.keys, aggregates: runner, logger });
  const rewrapping = new Rewrapping(engines.keys.master, logger);
  const reactions = reactionsOf({ clock, ids, engines, services, aggregates: runner, guidance, forgetting, rewrapping, logger });
  const policy = services.reduce<AccessPolicy>((all, { access }) => ({ ...all, ...access }), practicePolicy);
  const accessLog = new AccessLog({ store: engines.access, clock, ids }, (error) =>
    // The words are the store's own and name a file or a server at most.
    logger.error(
      { ...troubleOf(error), ...(error instanceof StoreUnavailable ? { what: error.message } : {}) },
      'access cannot be recorded',
    ),
  );
  const caseLists = new CaseLists(engines.readModels, accessLog);
  const head = new SingleFlight(() => engines.store.head());
  const consents = new ConsentLedgers(services, { aggregates: runner, readModels: engines.readModels, reactions, clock });
  const gate = new Gate({
    policy,
    clock,
    log: accessLog,
    relationships: new Relationships(engines.readModels, cases, services, reactions),
    consents,
    position: async () => {
      const at = await head.run();
      return at === 'start' ? null : at;
    },
    catchUp: async () => {
      const at = await head.run();
      return at === 'start' || reactions.waitFor(at, longestCatchUpMs);
    },
    caseOf: async (aggregate, id) => (await runner.load(aggregate, id)).origin?.caseId ?? undefined,
    onDecision: (name, { outcome }) => metrics.looks.inc({ shows: name, outcome }),
  });
  let measuring = false;
  /** Logged once when it begins and once when it is over, however often health is requested. */
  let troubleTold = engines.trouble();
  /** Runs beside the answer: a bus that is unavailable must not delay a health check. The answer shows the last measured values. */
  const measureBus = async (): Promise<void> => {
    if (measuring) return;
    measuring = true;
    for (const [reaction, lag] of await reactions.lags()) metrics.busLag.set({ reaction }, lag);
    measuring = false;
  };
  const readiness: Readiness = async () => {
    const states = reactions.status();
    measureReactions(metrics, states);
    const behind = states.filter(isBehind).map(({ name }) => name);
    const away = await enginesAway(engines);
    const trouble = engines.trouble();
    if (trouble !== troubleTold) logger.error({ trouble: trouble ?? 'none' }, 'what keeps the event store from taking anything');
    troubleTold = trouble;
    for (const engine of engineNames) metrics.engineUp.set({ engine }, away.includes(engine) ? 0 : 1);
    void measureBus();
    return {
      ready: behind.length === 0 && away.length === 0 && trouble === undefined,
      detail: {
        reactions: states.length,
        standby: states.filter(({ standby }) => standby).length,
        behind: behind.join(', '),
        // An engine that a reaction waits for; the platform takes commands meanwhile, unless it is one of those below.
        retrying: namesOf(states.filter(({ retrying }) => retrying)),
        away: away.join(', '),
        ...(trouble === undefined ? {} : { trouble }),
        parkedCases: states.reduce((sum, { parkedCases }) => sum + parkedCases, 0),
      },
    };
  };
  return {
    config,
    clock,
    ids,
    engines,
    services,
    aggregates: runner,
    guidance,
    consents,
    reactions,
    counting: new Counting(services, { store: engines.store, aggregates: runner, ids }),
    rewrapping,
    metrics,
    logger,
    policy,
    gate,
    caseLists,
    secret: await installationSecret(engines),
    readiness,
    afterClockMoved: async () => {
      await reactions.fireDue();
      await reactions.settled(settleMs);
    },
  };
};

const isBehind = ({ running, caughtUp, standby }: ReactionStatus): boolean => !standby && (!running || !caughtUp);

const measureReactions = (metrics: PlatformMetrics, states: readonly ReactionStatus[]): void => {
  for (const { name, pending, parkedCases, passedOver = [] } of states) {
    metrics.lag.set({ reaction: name }, pending);
    metrics.parked.set({ reaction: name }, parkedCases);
    for (const { type, because, messages } of passedOver) metrics.passedOver.set({ reaction: name, type, because }, messages);
  }
};

const namesOf = (states: readonly { readonly name: string }[]): string => states.map(({ name }) => name).join(', ');

const answersWithinMs = 2_000;
const answersInTime = (ask: () => Promise<unknown>): Promise<boolean> =>
  withTimeout(answersWithinMs, ask()).then(
    () => true,
    () => false,
  );

const engineNames = ['event store', 'read models'] as const;

/** The engines without which nothing can be served, where they do not answer. */
const enginesAway = async ({ store, readModels }: Engines): Promise<readonly string[]> => {
  const asked: [(typeof engineNames)[number], () => Promise<unknown>][] = [
    ['event store', () => store.head()],
    ['read models', () => readModels.checkpoint('waymark.readiness')],
  ];
  const answers = await Promise.all(asked.map(async ([name, ask]) => ((await answersInTime(ask)) ? [] : [name])));
  return answers.flat();
};

const secretOwner = 'waymark:request-fingerprints';

const installationSecret = async ({ keys }: Engines): Promise<Uint8Array> => {
  const key = (await keys.provide([secretOwner])).get(secretOwner);
  if (key === undefined || typeof key === 'symbol') throw new TypeError('the installation has no secret for request fingerprints');
  return key.bytes;
};
