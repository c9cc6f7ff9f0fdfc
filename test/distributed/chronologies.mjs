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

/** Each stream's entries in order, under the stream's kind: its id tells nothing. */
const streamsOf = (chronology) =>
  [...Map.groupBy(chronology, ({ stream }) => stream)].map(([stream, entries]) => ({
    kind: anonymous(stream),
    entries: settledOrder(entries),
  }));

const isSame = (one) => (other) => one.kind === other.kind && one.entries.join('\n') === other.entries.join('\n');

/** What of `these` is not in `those`, one of each for one of each. */
const without = (these, those, same = (one) => (other) => one === other) => {
  const left = [...those];
  return these.filter((one) => {
    const at = left.findIndex(same(one));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
};

/** How a stream differs from its counterpart: by what only one of them has, or by the order alone. */
const between = ({ kind, entries }, other) => {
  const [gone, added] = [without(entries, other?.entries ?? []), without(other?.entries ?? [], entries)];
  const told = [
    ...gone.map((entry) => `${kind}: only in the first: ${entry}`),
    ...added.map((entry) => `${kind}: only in the second: ${entry}`),
  ];
  return told.length > 0 ? told : [`${kind}: in another order in the second: ${other.entries.join('\n')}`];
};

/**
 * @param {readonly object[]} one a chronology's items
 * @param {readonly object[]} other
 * @returns {readonly string[]} what one of them has and the other has not, entry by entry; empty when they are the same
 */
export const differences = (one, other) => {
  const [mine, theirs] = [streamsOf(one), streamsOf(other)];
  const missing = without(mine, theirs, isSame);
  const extra = without(theirs, mine, isSame);
  const told = missing.flatMap((stream) => {
    const at = extra.findIndex(({ kind }) => kind === stream.kind);
    return between(stream, at < 0 ? undefined : extra.splice(at, 1)[0]);
  });
  return [...told, ...extra.flatMap(({ kind, entries }) => entries.map((entry) => `${kind}: only in the second: ${entry}`))];
};
