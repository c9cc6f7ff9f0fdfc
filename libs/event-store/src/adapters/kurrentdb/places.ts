import type { After, Position } from '../../event-log.js';

/** A place in the engine's log: where the transaction was committed, and where in it the event lies. Both are needed to resume. */
export interface EnginePlace {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** The engine counts bytes in unsigned 64-bit integers, which take up to twenty digits. */
const digits = 20;
const padded = (place: bigint): string => place.toString().padStart(digits, '0');
const form = /^(\d{20})-(\d{20})$/;

export const toPosition = ({ commit, prepare }: EnginePlace): Position => `${padded(commit)}-${padded(prepare)}` as Position;

/** @throws RangeError for a position that no such store gave out */
export const toPlace = (after: After): EnginePlace | 'start' => {
  if (after === 'start') return 'start';
  const [, commit, prepare] = form.exec(after) ?? [];
  if (commit === undefined || prepare === undefined) throw new RangeError('not a position of this event store');
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
};

export const isAfter = (one: After, other: After): boolean => one !== 'start' && (other === 'start' || one > other);
export const later = (one: After, other: After): After => (isAfter(other, one) ? other : one);
