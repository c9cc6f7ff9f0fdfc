import type { After, Position } from '../event-log.js';

/** Sixteen digits hold every safe integer, and compare as text in the order of numbers. */
export const toPosition = (place: number): Position => String(place).padStart(16, '0') as Position;

/** The number behind a position of this store; 0 for the start. @throws RangeError for a position that no such store gave out */
export const toPlace = (after: After): number => {
  if (after === 'start') return 0;
  if (!/^\d{16}$/.test(after)) throw new RangeError('not a position of this event store');
  return Number(after);
};

export const headOf = (place: number): After => (place === 0 ? 'start' : toPosition(place));
