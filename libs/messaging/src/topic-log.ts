import type { NonEmpty } from '@waymark/kernel';
import type { EndOffsets, GroupOffsets } from './offsets.js';

/** A place where one group reads: a partition of a topic. */
export interface Partition {
  readonly topic: string;
  readonly partition: number;
}
export interface Entry {
  readonly partition: number;
  readonly value: string;
}
export interface Stored {
  /** Dense from 0 within its partition. */
  readonly offset: number;
  readonly value: string;
}

/** What an embedded engine keeps for the bus: values by topic and partition, and how far each group has come. All of it at once or not at all. */
export interface TopicLog {
  /** Read from at once; durable when what it answers is settled. */
  append(topic: string, entries: NonEmpty<Entry>): void | Promise<void>;
  read(at: Partition, from: number, limit: number): readonly Stored[];
  /** A group that is new to a topic begins at its beginning. */
  join(group: string, topic: string, partitions: number): void;
  committed(group: string, at: Partition): number;
  /** The next offset that the group will read, and what its owner notes beside it. */
  commit(group: string, at: Partition, next: number, note?: string): void;
  /** What was noted with the last commit. */
  noteOf(group: string, at: Partition): string | undefined;
  /** Of as many partitions from the first on. */
  endOffsets(topic: string, partitions: number): EndOffsets;
  /** Over every topic that the group ever joined. */
  groupOffsets(group: string): GroupOffsets;
  close(): void | Promise<void>;
}

export const partitionsPerTopic = 8;

/** FNV-1a: the same key goes to the same partition, on every machine and for ever. */
export const partitionOf = (key: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i += 1) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193) >>> 0;
  return hash % partitionsPerTopic;
};
