// Chance that can be had again: everything random in a run follows from its seed.

/** @param {number} seed @returns {{ next: () => number, below: (n: number) => number, pick: <T>(list: readonly T[]) => T }} */
export const seededRandom = (seed) => {
  let state = seed >>> 0;
  const next = () => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit) => Math.floor(next() * limit);
  return { next, below, pick: (list) => list[below(list.length)] };
};
