import { isUuid, type AnyContract, type CaseId, type NonEmpty, type StreamName, type Uuid } from '@waymark/kernel';
import type { EndOffsets, GroupOffsets, CommittedOffsets } from './offsets.js';

/** What keeps its order on the bus: a case, or the stream of an event that has no case. */
export type MessageKey = CaseId | StreamName;

/** The case that a message is about; null where its key is a stream. */
export const caseOfKey = (key: MessageKey): CaseId | null => (isUuid(key) ? (key as CaseId) : null);

/** A published event as it travels: CloudEvents 1.0 attributes, and what the consumer needs to answer for what it knew. */
export interface Message<D = unknown> {
  /** Derived from the domain event and the contract's type; repeats carry the same. Builds before 1 December 2026 gave the event's own id. */
  readonly id: Uuid;
  /** The contract's type. */
  readonly type: string;
  /** `/services/<service>`. */
  readonly source: string;
  /** When it happened. */
  readonly time: string;
  /** Messages of one key keep their order. */
  readonly key: MessageKey;
  /** Where the domain event stands in the store's global order. */
  readonly position: string;
  readonly correlationId: Uuid;
  /** The id of the domain event that it publishes; absent in messages of builds before 1 December 2026, whose id it is. */
  readonly causationId?: Uuid;
  readonly data: D;
}

export interface Delivery {
  readonly message: Message;
  readonly topic: string;
  /** Where it stands in its topic, for the record and for dead letters. Opaque, ordered by plain string comparison within one partition. */
  readonly offset: string;
}

/** A value on a topic that is no message of the platform: foreign, or malformed. It is passed, never delivered; who reads its topic is notified. */
export interface Refusal {
  readonly topic: string;
  /** As of a {@link Delivery}: where to find it. What it holds is repeated nowhere. */
  readonly offset: string;
  /** Which attributes are wrong; never a value. */
  readonly reason: string;
}

/** A message that waits with a parked case, by reference: whoever watches the dead letters learns where it is, not what it says. */
export interface DeadLetterReference {
  /** The consumer that parked it. */
  readonly group: string;
  readonly topic: string;
  readonly offset: string;
  /** Absent for a value that is no message. */
  readonly key?: MessageKey;
  readonly messageId?: Uuid;
  readonly type?: string;
  /** The class of the error or the kind of parking; never a value. */
  readonly because: string;
}

/** By partition, what a group's handler last noted beside its offsets. */
export type Committed = ReadonlyMap<number, string | undefined>;

/**
 * Takes a batch. What it answers stands beside the offset that is committed for it, so that its owner can tell later whether what it wrote elsewhere is still
 * what it was then. Notes of a partition only go up, by plain string comparison.
 */
export type Handler = (batch: NonEmpty<Delivery>) => Promise<string | void>;

export interface Subscription {
  /** Consumers of one group share the work; every group gets every message. */
  readonly group: string;
  readonly topics: readonly string[];
  /**
   * Told, and waited for, before anything is delivered from partitions that came to this member, and each time that the group was shared out anew:
   * what another knew of them may have changed.
   * @param committed the notes that stand beside the group's offsets ({@link Handler}), by partition of which it has committed anything; the latest of all
   *   topics, undefined where none was left
   * @returns the partitions to read from the beginning again, in every topic
   */
  readonly assigned?: (committed: Committed) => Promise<readonly number[] | void>;
  /**
   * Called, and waited for, before a value that is no message is passed; the bus announces it on the topic of dead letters. When it rejects, the value comes
   * again after a pause.
   */
  readonly refused?: (refusal: Refusal) => Promise<void>;
}

/**
 * The bus between services, with Kafka's semantics whatever is beneath: at least once, ordered by key, consumer groups with offsets that survive,
 * values serialised (a consumer never shares an object with the publisher), only declared contracts travel.
 */
export interface Bus {
  /**
   * Resolves when every message is durable, with where the partitions end that hold them; it may say so of others, too.
   * @throws NotAContract when type or data do not match a declared contract
   * @throws BusUnavailable when it is not known to be durable; it may be all the same, so that publishing again can make a repeat
   */
  publish(topic: string, messages: NonEmpty<Message>): Promise<EndOffsets>;
  /** Where topics end now, in every partition. @throws BusUnavailable */
  endOffsets(topics: readonly string[]): Promise<EndOffsets>;
  /**
   * Delivers until the signal; a batch holds one or more messages of one partition in order. The offset is committed when the handler resolves; when it
   * rejects, the same messages come again after a pause. One handler at a time per partition, and so per key, over all topics of the subscription;
   * handlers of different partitions may run side by side. A group that is new to a topic begins at its beginning. Types that this deployment does
   * not know are delivered too: passing over them is the consumer's business.
   *
   * A member that lost touch with the rest may still be at work on what another has been given. The bus cannot take that back: whoever writes by what
   * it read guards the write (at least once in, once in effect).
   * @throws BusUnavailable when the engine was lost or the bus is closed; consume again
   */
  consume(subscription: Subscription, handler: Handler, signal: AbortSignal): Promise<void>;
  /** Which share of the keys one belongs to. The same key has the same, in every topic, for ever. */
  partitionOf(key: string): number;
  /** How many messages a group has not committed yet, over every topic that it reads. @throws BusUnavailable */
  lag(group: string): Promise<number>;
  /** The same by partition, so that what was there at one moment can be told from what came later. @throws BusUnavailable */
  groupOffsets(group: string): Promise<GroupOffsets>;
  /** What a group has committed, without where the partitions end: for one who knows that, and asks often. @throws BusUnavailable */
  committedOffsets(group: string): Promise<CommittedOffsets>;
  /**
   * Publishes that all of a source's events up to the position that concern others are published, and durable, or parked. A relay says so as it moves on.
   * @param ends before which all of that lies, in every partition of every topic of the source
   * @throws BusUnavailable
   */
  publishProgress(source: string, position: string, ends?: EndOffsets): Promise<void>;
  /** Up to where a source has said so, as far as this process knows; 'start' before it was heard of. Never goes back. */
  progressOf(source: string): string;
  /**
   * Where in some topics that ends which a source has last said to be published, so that whoever waits for it to be taken need not ask where the topics
   * end. Undefined where the source did not say.
   */
  endOffsetsOf(source: string, topics: readonly string[]): EndOffsets | undefined;
  /**
   * Resolves when a source's progress next arrives in this process, or one of its groups commits. Whoever waits for either looks then, and from time to time
   * all the same: what other processes commit is not seen here.
   */
  nextChange(): Promise<void>;
  /** Tells of parked messages on the topic of dead letters, by reference. At least once. @throws BusUnavailable */
  reportDead(letters: NonEmpty<DeadLetterReference>): Promise<void>;
  close(): Promise<void>;
}

/** What may travel: a service declares its contracts once, at start. */
export interface ContractRegistry {
  readonly contracts: readonly AnyContract[];
}

export class NotAContract extends Error {
  override readonly name = 'NotAContract';
}
/** The bus cannot take messages now: disk full, connection lost, closed. Nothing was acknowledged. */
export class BusUnavailable extends Error {
  override readonly name = 'BusUnavailable';
}
/** The bus's own file is damaged, of another version, or in use by another process. The message names the file and what to do. */
export class BusUnusable extends Error {
  override readonly name = 'BusUnusable';
}
