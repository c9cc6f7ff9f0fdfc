/** Chance from a seed: the same seed gives the same choices, on every machine. */
export interface Chance {
  /** A whole number from 0 to below `bound`. */
  below(bound: number): number;
  /** From `low` to `high`, both possible. */
  between(low: number, high: number): number;
  /** @throws RangeError when there is nothing to choose from */
  oneOf<T>(choices: readonly T[]): T;
}

/** Mulberry32 over the seed's FNV-1a hash: small, and good enough to invent families. Nothing secret may come from it. */
export const chanceFrom = (seed: string): Chance => {
  let state = hashOf(seed);
  const below = (bound: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    oneOf: (choices) => {
      if (choices.length === 0) throw new RangeError('there is nothing to choose from');
      return choices[below(choices.length)] as (typeof choices)[number];
    },
  };
};

const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash | 0;
};
