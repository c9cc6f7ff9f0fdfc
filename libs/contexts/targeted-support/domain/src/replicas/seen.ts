/** Where in the record the fact stands that a message tells of. Opaque, ordered by plain string comparison. */
export interface AtPosition {
  readonly position: string;
}

/** A copy of another service's facts, and how far it has read. */
export interface Replica {
  readonly seenUpTo: string | null;
}

/** The bus delivers at least once, in order within a case: what stands no further on than the copy has read is a repeat. */
export const isRepeat = ({ seenUpTo }: Replica, { position }: AtPosition): boolean => seenUpTo !== null && position <= seenUpTo;
