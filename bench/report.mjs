// How figures are shown to people.

const figure = (value) => (value >= 100 ? Math.round(value).toLocaleString('en-GB') : value.toFixed(2));

const verdict = ({ ratio, target, limit, ours, unit }, counts) => {
  if (target === null || !counts) return '';
  if (limit !== undefined) return ours <= limit ? `kept (limit ${limit} ${unit})` : `MISSED (limit ${limit} ${unit})`;
  return ratio >= target ? `reached (${target})` : `SHORT (${target})`;
};

/**
 * @param {readonly object[]} results
 * @param {boolean} counts whether these are figures to hold against their targets
 */
export const table = (results, counts) => {
  const rows = results.map((result) =>
    result.skipped
      ? [result.id, 'SKIPPED', '', '', '', result.skipped]
      : [
          result.id,
          `${figure(result.ours)} ${result.unit}`,
          result.limit === undefined ? figure(result.reference) : '',
          result.limit === undefined ? figure(result.ratio) : '',
          `${figure(result.min)} to ${figure(result.max)}`,
          verdict(result, counts),
        ],
  );
  const all = [['id', 'ours', 'reference', 'ratio', 'of the rounds', 'target'], ...rows];
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)));
  return all
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

export const heading = ({ cores, cpu, memoryMb, system, node, sqlite, folder, inMemoryFolder, loadBefore }) =>
  [
    `${cores} cores, ${cpu}, ${memoryMb} MB, ${system}; Node ${node}, SQLite ${sqlite}; load before: ${loadBefore}`,
    `Files in ${folder}${inMemoryFolder ? ', WHICH IS IN MEMORY: a fsync costs nothing there, so the ratios are not those of a disk. Set WAYMARK_BENCH_FOLDER.' : ''}`,
  ].join('\n');
