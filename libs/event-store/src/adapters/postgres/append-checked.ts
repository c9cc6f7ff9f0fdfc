import type { Instant } from '@waymark/kernel';
import { WrongExpectedVersion } from '../../event-log.js';
import { toPosition } from '../place.js';
import { intArray, textArray, uuidArray } from './arrays.js';
import type { Call, Outcome } from './call.js';
import { callOf, columnsOf, membersOf, versionOf, type AppendRequest } from './request.js';

/** A row of the function's answer. */
type Row = readonly [
  taken: boolean,
  actual: number,
  first: number | null,
  last: number | null,
  reached: string | null,
  recordedAt: string | null,
  firstId: string | null,
];

const outcomeOf = ({ stream, expected }: AppendRequest, [taken, actual, first, last, reached, recordedAt, firstId]: Row): Outcome => {
  if (first === null || last === null) return new WrongExpectedVersion(stream, expected, actual);
  const appended = { stream, first, last, position: toPosition(Number(reached)), recordedAt: recordedAt as Instant, repeated: !taken };
  return taken ? { appended } : { appended, found: { id: firstId! } };
};

/** Appends that the server checks first: the version of each stream, and whether the command was appended before. Always right. */
export const asked: Call = {
  query: callOf('append', 16),
  values: (group, now) => {
    const members = membersOf(group);
    return [
      now,
      textArray(group.map(({ stream }) => stream)),
      intArray(group.map(({ expected }) => versionOf(expected))),
      uuidArray(group.map(({ commandId }) => commandId)),
      intArray(group.map(({ events }) => events.length)),
      intArray(members.map(({ owner }) => owner)),
      intArray(members.map(({ nth }) => nth)),
      ...columnsOf(members),
    ];
  },
  outcomes: (group, rows) => group.map((request, index) => outcomeOf(request, rows[index] as Row)),
};
