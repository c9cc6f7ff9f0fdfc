import { freezeDeep } from './freeze-deep.js';
import type { Authority, PackSource, PolicyPack } from './pack.js';
import { cambridgeshire202504 } from './packs/cambridgeshire.js';
import { peterborough202506 } from './packs/peterborough.js';
import { startOfLondonDay } from './working-time.js';

/** Every version that Waymark ships. A new version is added beside the old ones: what was decided under those stays explained. */
export const shippedPacks: readonly PolicyPack[] = freezeDeep([peterborough202506, cambridgeshire202504]);

/** The clock stands before the first day of an authority's first pack: nothing can be decided under a policy that there is not. */
export class NoPackInForce extends RangeError {
  override readonly name = 'NoPackInForce';
}

/**
 * Finds packs by authority and date.
 * @throws TypeError when two versions of one authority begin on the same day: which one was in force would be a toss-up
 */
export const packSource = (packs: readonly PolicyPack[]): PackSource => {
  const latestFirst = packs.toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
  for (const [index, { authority, validFrom }] of latestFirst.entries())
    if (latestFirst.slice(index + 1).some((other) => other.authority === authority && other.validFrom === validFrom))
      throw new TypeError(`policy packs of ${authority}: two versions begin on ${validFrom}; give each its own first day`);
  // Worked out once: every command asks.
  const inForceFrom = latestFirst.map((pack) => ({ pack, from: startOfLondonDay(pack.validFrom) }));
  return {
    packFor: (authority, at) => {
      const found = inForceFrom.find(({ pack, from }) => pack.authority === authority && from <= at);
      if (found) return found.pack;
      const first = latestFirst.findLast((pack) => pack.authority === authority);
      throw new NoPackInForce(
        first
          ? `no policy pack of ${authority} was in force at ${at}: the first begins on ${first.validFrom}`
          : `no policy pack is shipped for ${authority}`,
      );
    },
  };
};

const shipped = packSource(shippedPacks);

/** The shipped pack of an authority in force at a moment. */
export const packFor: PackSource['packFor'] = (authority: Authority, at) => shipped.packFor(authority, at);
