import { monotonicMs, realSleep, type Retry, type Sleep } from '@waymark/async';
import type { After } from '@waymark/event-store';
import type { Clock } from '@waymark/kernel';
import type { GroupOffsets, CommittedOffsets } from '@waymark/messaging';
import type { ReadModelStore } from '@waymark/read-model';
import type { DeadLetter } from './dead-letter.js';
import { defaultRetry } from './retries.js';

/** `unknown-version`: of a type of which this deployment knows another version. `unknown-type`: of one of which it knows none. */
export type PassedOverBecause = 'unknown-version' | 'unknown-type';

/** Messages that a consumer passed over since its process began, because nobody here knows their type. Deliveries, repeats included. */
export interface PassedOverType {
  readonly type: string;
  readonly because: PassedOverBecause;
  readonly messages: number;
}

export interface ReactionStatus {
  readonly name: string;
  readonly reads: 'log' | 'bus';
  readonly running: boolean;
  /** Another process of the service runs it; this one is ready to take over. */
  readonly standby?: true;
  /** Has seen the head at least once since it was started. */
  readonly caughtUp: boolean;
  /** Log: everything up to here has taken effect. Bus: `start`, the group's offsets are with the bus. */
  readonly seen: After;
  /** Events or messages at hand that have not taken effect yet. */
  readonly pending: number;
  readonly parkedCases: number;
  readonly parkedItems: number;
  /** Tries again because an engine is away, or because the checkpoint moved. */
  readonly retrying: boolean;
  /** Of what reads the bus: the messages of types that nobody here knows, which it passed over since the process began. */
  readonly passedOver?: readonly PassedOverType[];
  /** The class of the last error; the message stays out, it may be anybody's. */
  readonly lastError?: string;
}

export interface ReplayResult {
  readonly replayed: number;
  /** What waits at the case still; 0 when it is unparked. */
  readonly left: number;
}

/** What the supervisor runs. */
export interface Reaction {
  /** `<service>.<name>`. */
  readonly name: string;
  /** Idempotent. */
  start(): void;
  /** Resolves when what was at work is done. Idempotent. */
  stop(): Promise<void>;
  status(): ReactionStatus;
  parked(): Promise<readonly DeadLetter[]>;
  /** Runs the parked items of a case again, in order, and unparks it when all succeed. @throws ReplayInProgress */
  replay(key: string): Promise<ReplayResult>;
}

/** Reads the log, so that a query can wait until it has seen a position. */
export interface LogReaction extends Reaction {
  /** Of a relay: the topics to which it publishes what it reads. It does nothing else. */
  readonly publishes?: readonly string[];
  /** Where another process runs it, its checkpoint is asked. False when the time was up first. */
  waitFor(position: After, timeoutMs: number): Promise<boolean>;
}

/** Reads the bus. */
export interface BusReaction extends Reaction {
  readonly topics: readonly string[];
  /** Messages that its group has not committed; Infinity while it is starting. */
  lag(): Promise<number>;
  /** How far its group has come, by partition; undefined while it is starting. */
  groupOffsets(): Promise<GroupOffsets | undefined>;
  /** What its group has committed, for one who knows where it stood before; undefined while it is starting. */
  committedOffsets(): Promise<CommittedOffsets | undefined>;
}

export interface Progress {
  readonly reaction: string;
  readonly doing: 'catch-up' | 'rebuild';
  /** Events that took effect so far. */
  readonly done: number;
  readonly position: After;
  /** The store's newest position when this was said; positions are not dense, so this orders and does not count. */
  readonly head: After;
}

/** What a reaction stands on. */
export interface ReactionDeps {
  readonly readModel: ReadModelStore;
  readonly clock: Clock;
  readonly sleep?: Sleep;
  readonly monotonicMs?: () => number;
  readonly retry?: Retry;
  /** Told about a catch-up or a rebuild that takes over two seconds, every two seconds. */
  readonly report?: (progress: Progress) => void;
  /** Told about every failure, before it is tried again or parked. */
  readonly onFailure?: (reaction: string, error: unknown) => void;
}

export const withDefaults = (deps: ReactionDeps) => ({ sleep: realSleep, monotonicMs, retry: defaultRetry, ...deps });
