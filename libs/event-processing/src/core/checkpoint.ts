import type { After } from '@waymark/event-store';

/** Whether a reader that has seen everything up to `seen` has seen `wanted`. */
export const reached = (seen: After, wanted: After): boolean => wanted === 'start' || (seen !== 'start' && seen >= wanted);

export const later = (a: After, b: After): After => (reached(a, b) ? a : b);

/**
 * Where a reaction stands in the log, and how often something of it was put right since it got there. A replay takes no event, but it changes
 * documents and dead letters: by moving the checkpoint on it makes sure that nobody else writes by what they knew before.
 */
export interface Checkpoint {
  readonly place: After;
  readonly revision: number;
}

const revised = /^(.*) r(\d{6})$/;

/** Reads what the read models keep. */
export const checkpointOf = (stored: string): Checkpoint => {
  const [, place, revision] = revised.exec(stored) ?? [];
  return place === undefined ? { place: stored as After, revision: 0 } : { place: place as After, revision: Number(revision) };
};

/** The position within a stored checkpoint. */
export const placeOf = (stored: string): After => checkpointOf(stored).place;

/** Ordered as text behind its own place and before the next one. */
export const checkpointText = ({ place, revision }: Checkpoint): string =>
  revision === 0 ? place : `${place} r${String(revision).padStart(6, '0')}`;

/** Always another one than before, so that of two who write by the same knowledge the second is refused. */
export const checkpointAfter = (before: Checkpoint, place: After): Checkpoint => ({
  place,
  revision: place === before.place ? before.revision + 1 : 0,
});
