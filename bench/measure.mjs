// Two ways of doing the same, in turn within one run, so that what else the machine does weighs on both.

/** @param {readonly number[]} values */
export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/**
 * Measures ours against a reference, round by round; who goes first changes every round. Both answer a rate: more is better.
 * @param {{ rounds: number, ours: () => Promise<number>, reference: () => Promise<number>, progress?: (text: string) => void }} comparison
 * @returns {Promise<{ ours: number, reference: number, ratio: number, min: number, max: number, rounds: number }>} medians; min and max are of the rounds' ratios
 */
export const compare = async ({ rounds, ours, reference, progress = () => {} }) => {
  const seen = { ours: [], reference: [], ratios: [] };
  // Once each for nothing: a service runs warm.
  if (rounds > 1) for (const work of [ours, reference]) await work();
  for (let round = 1; round <= rounds; round += 1) {
    const inTurn = round % 2 === 1 ? ['ours', 'reference'] : ['reference', 'ours'];
    const found = {};
    for (const who of inTurn) {
      // What the one before left behind is not to be cleared away in the other's time.
      globalThis.gc?.();
      found[who] = await (who === 'ours' ? ours() : reference());
    }
    seen.ours.push(found.ours);
    seen.reference.push(found.reference);
    seen.ratios.push(found.ours / found.reference);
    progress(`round ${round} of ${rounds}: ${(found.ours / found.reference).toFixed(2)}`);
  }
  return {
    ours: median(seen.ours),
    reference: median(seen.reference),
    ratio: median(seen.ratios),
    min: Math.min(...seen.ratios),
    max: Math.max(...seen.ratios),
    rounds,
  };
};

/**
 * Measures an absolute figure against its limit: less is better, so a ratio of limit to figure of 1 or more keeps it.
 * @param {{ rounds: number, limit: number, measure: () => Promise<number>, progress?: (text: string) => void }} measurement
 */
export const against = async ({ rounds, limit, measure, progress = () => {} }) => {
  const values = [];
  for (let round = 1; round <= rounds; round += 1) {
    values.push(await measure());
    progress(`round ${round} of ${rounds}: ${values.at(-1).toFixed(2)}`);
  }
  const ratios = values.map((value) => limit / value);
  return { ours: median(values), reference: limit, ratio: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios), rounds };
};

/**
 * How many a second.
 * @param {number} count
 * @param {() => Promise<void> | void} work
 */
export const rateOf = async (count, work) => {
  const startedAt = performance.now();
  await work();
  return (count * 1000) / (performance.now() - startedAt);
};
