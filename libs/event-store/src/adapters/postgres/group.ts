import type { Instant, NonEmpty, StreamName, Uuid } from '@waymark/kernel';
import { WrongExpectedVersion, type Appended, type SealedEvent } from '../../event-log.js';
import { toPosition } from '../place.js';
import { intArray, textArray, uuidArray } from './arrays.js';
import { checksumOf, contextText, restOf } from './rows.js';

/** One append as a caller asked for it. */
export interface AppendRequest {
  readonly stream: StreamName;
  readonly expected: number | 'none';
  readonly events: NonEmpty<SealedEvent>;
  readonly commandId: Uuid;
}

export const appendCall = {
  name: 'waymark-append',
  text: `SELECT * FROM waymark_events.append(${Array.from({ length: 16 }, (_, index) => `$${index + 1}`).join(', ')})`,
  rowMode: 'array',
} as const;

const versionOf = (expected: number | 'none'): number => (expected === 'none' ? 0 : expected);

/** The arguments of the function: four arrays with an entry for each append, eleven with one for each event. @throws RangeError for an id that is not a UUID */
export const valuesOf = (group: readonly AppendRequest[], now: Instant): (string | Buffer)[] => {
  const events = group.flatMap(({ events: own }) => own as readonly SealedEvent[]);
  const contexts = events.map(contextText);
  const [owners, offsets, checksums]: [number[], number[], number[]] = [[], [], []];
  for (const [index, { stream, expected, events: own, commandId }] of group.entries())
    for (const [offset, event] of own.entries()) {
      const rest = restOf(contexts[owners.length]!, commandId);
      owners.push(index + 1);
      offsets.push(offset + 1);
      checksums.push(checksumOf(stream, versionOf(expected) + offset + 1, event, rest));
    }
  return [
    now,
    textArray(group.map(({ stream }) => stream)),
    intArray(group.map(({ expected }) => versionOf(expected))),
    uuidArray(group.map(({ commandId }) => commandId)),
    intArray(group.map(({ events: own }) => own.length)),
    intArray(owners),
    intArray(offsets),
    uuidArray(events.map(({ id }) => id)),
    textArray(events.map(({ type }) => type)),
    uuidArray(events.map(({ caseId }) => caseId)),
    textArray(events.map(({ occurredAt }) => occurredAt)),
    textArray(contexts),
    uuidArray(events.map(({ correlationId }) => correlationId)),
    uuidArray(events.map(({ causationId }) => causationId)),
    intArray(checksums),
    textArray(events.map(({ data }) => data)),
  ];
};

/** What the function says of one append. */
export type Outcome = readonly [
  taken: boolean,
  actual: number,
  first: number | null,
  last: number | null,
  reached: string | null,
  recordedAt: string | null,
  firstId: string | null,
];

/** `again`: this very append was sent before and its answer was lost, so that finding it means that it was written then. */
export const resultOf = (
  { stream, expected, events }: AppendRequest,
  outcome: Outcome,
  again: boolean,
): Appended | WrongExpectedVersion => {
  const [taken, actual, first, last, reached, recordedAt, firstId] = outcome;
  if (first === null || last === null) return new WrongExpectedVersion(stream, expected, actual);
  const repeated = !taken && !(again && firstId === events[0].id);
  return { stream, first, last, position: toPosition(Number(reached)), recordedAt: recordedAt as Instant, repeated };
};
