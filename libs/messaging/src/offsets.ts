/** How far a group has come in a partition. */
export interface GroupOffset {
  /** The next offset that the group will read. */
  readonly next: number;
  /** Where the partition ended at that moment. */
  readonly end: number;
}

/** How far a group has come, by partition of every topic that it reads. */
export type GroupOffsets = ReadonlyMap<string, GroupOffset>;

/** The next offset that a group will read, by partition of which it has committed anything. */
export type CommittedOffsets = ReadonlyMap<string, number>;

/** Where partitions end, or ended: the offset behind the last message, by partition. */
export type EndOffsets = ReadonlyMap<string, number>;

export const laterEndOffsets = (some: EndOffsets, others: EndOffsets): EndOffsets => {
  const ends = new Map(some);
  for (const [partition, end] of others) ends.set(partition, Math.max(end, ends.get(partition) ?? 0));
  return ends;
};

/** Whether a group that reads these partitions has taken all that lies before their ends. */
export const hasReached = (ends: EndOffsets, now: CommittedOffsets): boolean =>
  [...ends].every(([partition, end]) => (now.get(partition) ?? 0) >= end);

export const lagOf = (standing: GroupOffsets): number => [...standing.values()].reduce((sum, { next, end }) => sum + end - next, 0);

/** Whether a group has taken all that was there at an earlier moment. What came since then, however much, does not count. */
export const hasTaken = (was: GroupOffsets, now: CommittedOffsets): boolean =>
  [...was].every(([partition, { end, next }]) => end === next || (now.get(partition) ?? 0) >= end);
