import { catalogue } from './catalogue.js';
import type { EngineName } from './catalogue.js';
import { findImage } from './images.js';

export type Availability =
  | { readonly available: true; readonly engine: EngineName; readonly title: string; readonly image: string }
  | { readonly available: false; readonly engine: EngineName; readonly title: string; readonly why: string };

/**
 * Whether an engine can be had here, and if not, why not. Never throws, so that a suite can ask before it declares its tests:
 * one that cannot have its engine counts as skipped, by name.
 */
export const available = async (engine: EngineName): Promise<Availability> => {
  const { title } = catalogue[engine];
  const found = await findImage(engine);
  return 'image' in found
    ? { available: true, engine, title, image: found.image }
    : { available: false, engine, title, why: `${title} cannot be had: ${found.why}` };
};

/** @throws when the engine cannot be had */
export const imageOf = async (engine: EngineName): Promise<string> => {
  const answer = await available(engine);
  if (!answer.available) throw new Error(answer.why);
  return answer.image;
};
