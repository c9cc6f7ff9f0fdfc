// Says what was wanted and what was found instead.
import { isDeepStrictEqual } from 'node:util';

const shown = (value) => JSON.stringify(value, null, 1);

export const same = (found, wanted, what) => {
  if (!isDeepStrictEqual(found, wanted)) throw new Error(`${what}: wanted ${shown(wanted)}, found ${shown(found)}`);
};
export const none = (found, what) => same(found, [], what);
export const yes = (condition, what) => {
  if (!condition) throw new Error(what);
};
