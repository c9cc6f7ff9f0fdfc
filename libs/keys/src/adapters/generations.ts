import { DESTROYED, type DataKey, type Destroyed } from '../key-store.js';

/** All generations of a subject's key, the newest last. */
export type Generations = readonly [DataKey, ...DataKey[]] | Destroyed;

/** What they answer to a question for one generation, or for the newest. */
export const ofGeneration = (held: Generations | undefined, generation: number | undefined): DataKey | Destroyed | undefined => {
  if (held === undefined || held === DESTROYED) return held;
  return generation === undefined ? held[held.length - 1] : held.find((key) => key.generation === generation);
};

/** @param held undestroyed */
export const newestOf = (held: Exclude<Generations, Destroyed>): DataKey => held[held.length - 1] ?? held[0];

/** Of keys that were opened, in the order of their generations; undefined where one did not open, or a key stands beside the mark that all were destroyed. */
export const generationsOf = (keys: readonly (DataKey | Destroyed | undefined)[]): Generations | undefined => {
  if (keys.length === 1 && keys[0] === DESTROYED) return DESTROYED;
  const [first, ...more] = keys.filter((key) => key !== undefined && key !== DESTROYED);
  return first && more.length === keys.length - 1 ? [first, ...more] : undefined;
};
