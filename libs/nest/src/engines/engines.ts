import { randomBytes } from 'node:crypto';
import { accessEvents } from '@waymark/access';
import { eventCatalogue, memoryEventLog, sealedEventStore, type EventLog, type EventStore, type Trouble } from '@waymark/event-store';
import { memoryKeyStore, type KeyStore } from '@waymark/keys';
import type { AnyContract, AnyEventDefinition, Clock } from '@waymark/kernel';
import type { Leases } from '@waymark/leases';
import { MemoryBus, type Bus } from '@waymark/messaging';
import type { LoadThrottle } from '@waymark/event-processing';
import { MemoryReadModelStore, type ReadModelStore } from '@waymark/read-model';
import { memoryIdempotencyStore, type IdempotencyStore } from '../idempotency/idempotency-store.js';

/** What a deployment runs on. Domains and services do not know which. */
export interface Engines {
  readonly store: EventStore;
  /** Who saw and did what (ACC-02): a log of its own, which case histories, rebuilds and backups of cases need not read. */
  readonly access: EventStore;
  readonly keys: KeyStore;
  readonly readModels: ReadModelStore;
  readonly bus: Bus;
  readonly idempotency: IdempotencyStore;
  /** Where several processes may run the same service; absent where nothing can run beside this one. */
  readonly leases?: Leases;
  /** Where each publication is a round trip: relays give way to appends. */
  readonly relayPace?: LoadThrottle;
  /** Where each write of the read models is a round trip: for how long, in milliseconds, deferrable writes are gathered into one. */
  readonly gatherMs?: number;
  /** What keeps the event log, or the access log without which nothing is shown or done, from taking events now; see `EventLog.trouble`. */
  trouble(): Trouble | undefined;
  close(): Promise<void>;
}

/** What the engines must know of the services: their events, and what may travel between them. */
export interface Vocabulary {
  readonly events: readonly AnyEventDefinition[];
  readonly contracts: readonly AnyContract[];
  /** What these services publish to and listen to. */
  readonly topics: readonly string[];
}

export interface EngineParts extends Omit<Engines, 'store' | 'access' | 'trouble' | 'close'> {
  readonly log: EventLog;
  readonly accessLog: EventLog;
  /** What else has to be closed, after everything above it. */
  readonly beneath?: readonly { close(): Promise<unknown> }[];
}

/** Puts the sealed store over its log and keys. */
export const enginesOf = ({ log, accessLog, keys, beneath = [], ...parts }: EngineParts, { events }: Vocabulary): Engines => ({
  ...parts,
  keys,
  store: sealedEventStore({ log, keys, catalogue: eventCatalogue(events), random: randomBytes }),
  access: sealedEventStore({ log: accessLog, keys, catalogue: eventCatalogue(accessEvents), random: randomBytes }),
  trouble: () => log.trouble?.() ?? accessLog.trouble?.(),
  close: async () => {
    const { bus, readModels, idempotency, leases } = parts;
    for (const part of [bus, readModels, idempotency, ...(leases ? [leases] : []), log, accessLog, keys, ...beneath]) await part.close();
  },
});

/** Everything in memory: for tests. */
export const memoryEngines = (vocabulary: Vocabulary, clock: Clock): Engines =>
  enginesOf(
    {
      log: memoryEventLog({ clock }),
      accessLog: memoryEventLog({ clock }),
      keys: memoryKeyStore(randomBytes),
      readModels: new MemoryReadModelStore(),
      bus: new MemoryBus({ contracts: vocabulary.contracts }),
      idempotency: memoryIdempotencyStore(),
    },
    vocabulary,
  );
