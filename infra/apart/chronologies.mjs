// Whether the same case, lived through on two deployments, has the same chronology, event for event. Ids and references are made anew each time, and
// what happens in one stream may come between what happens in another a moment earlier or later (so `version`, which counts through the case, may differ);
// all else has to be the same.

const anonymous = (text) => text.replaceAll(/\bEH-[A-Z0-9]{8}\b/g, 'EH-…').replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…');
const toTheMinute = (instant) => instant.slice(0, 16);

const entryOf = ({ type, occurredAt, recordedAt, who, purpose, policy, late, why, tells, byThePlatform }) => ({
  ...{ type, who, purpose, policy, late, byThePlatform },
  ...{ occurredAt: toTheMinute(occurredAt), recordedAt: toTheMinute(recordedAt) },
  ...{ tells: anonymous(tells), why: why === null ? null : anonymous(JSON.stringify(why)) },
});

const byThePlatform = ({ who }) => who.user === 'waymark';

/** What the platform itself did within one minute it did about several things at once, in no order that was promised. */
const settledOrder = (entries) => {
  const told = entries.map(entryOf);
  const groups = [];
  for (const entry of told) {
    const last = groups.at(-1);
    if (last && byThePlatform(entry) && byThePlatform(last[0]) && last[0].recordedAt === entry.recordedAt) last.push(entry);
    else groups.push([entry]);
  }
  return groups.flatMap((group) => group.map((entry) => JSON.stringify(entry, null, 1)).sort());
};

/** Each stream's entries in order; the streams in an order of their own, since their ids tell nothing. */
const streamsOf = (chronology) =>
  [...Map.groupBy(chronology, ({ stream }) => stream)]
    .map(([stream, entries]) => [anonymous(stream), ...settledOrder(entries)].join('\n'))
    .sort();

/**
 * @param {readonly object[]} one a chronology's items
 * @param {readonly object[]} other
 * @returns {readonly string[]} what one of them has and the other has not; empty when they are the same
 */
export const differences = (one, other) => {
  const [mine, theirs] = [streamsOf(one), streamsOf(other)];
  const lacks = (those, these) =>
    those.filter(
      (stream, index) =>
        those.filter((s) => s === stream).length !== these.filter((s) => s === stream).length && those.indexOf(stream) === index,
    );
  return [
    ...lacks(mine, theirs).map((stream) => `only in the first: ${stream}`),
    ...lacks(theirs, mine).map((stream) => `only in the second: ${stream}`),
  ];
};
