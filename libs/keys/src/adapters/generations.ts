import { DESTROYED, type DataKey, type Destroyed } from '../key-store.js';

/** What a subject's newest key answers to a question for one generation, or for none in particular. */
export const ofGeneration = (newest: DataKey | Destroyed | undefined, generation: number | undefined): DataKey | Destroyed | undefined =>
  generation === undefined || newest === undefined || newest === DESTROYED || newest.generation === generation ? newest : undefined;
