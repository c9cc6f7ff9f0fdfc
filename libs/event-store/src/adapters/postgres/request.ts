import type { NonEmpty, StreamName, Uuid } from '@waymark/kernel';
import type { SealedEvent } from '../../event-log.js';
import { contextText as coveredContext } from '../checksum.js';
import { textArray, uuidArray } from './arrays.js';
import { contextText, givenChecksum } from './rows.js';

/** One append as the caller requested it. */
export interface AppendRequest {
  readonly stream: StreamName;
  readonly expected: number | 'none';
  readonly events: NonEmpty<SealedEvent>;
  readonly commandId: Uuid;
}

export const versionOf = (expected: number | 'none'): number => (expected === 'none' ? 0 : expected);

/** When the server began, and how long it took until it had an answer, without the commit. */
const times = `(extract(epoch FROM transaction_timestamp()) * 1000)::float8 AS began_ms,
  (extract(epoch FROM clock_timestamp() - transaction_timestamp()) * 1000)::float8 AS work_ms`;

/** Calls a function of the schema with so many arguments, prepared once on each connection. The last two columns are {@link timesOf} the server. */
export const callOf = (name: string, count: number) =>
  ({
    name: `waymark-${name}`,
    text: `SELECT *, ${times} FROM waymark_events.${name}(${Array.from({ length: count }, (_, index) => `$${index + 1}`).join(', ')})`,
    rowMode: 'array',
  }) as const;

export const timesOf = (row: readonly unknown[]): { readonly beganMs: number; readonly workMs: number } => {
  const [beganMs, workMs] = row.slice(-2).map(Number) as [number, number];
  return { beganMs, workMs };
};

/** An event of a group with the append that it belongs to. */
export interface Member {
  readonly request: AppendRequest;
  /** Which append of the group, and which event of the append, counted from 1. */
  readonly owner: number;
  readonly nth: number;
  readonly event: SealedEvent;
}

export const membersOf = (group: readonly AppendRequest[]): Member[] => {
  const members: Member[] = [];
  for (const [index, request] of group.entries())
    for (const [offset, event] of request.events.entries()) members.push({ request, owner: index + 1, nth: offset + 1, event });
  return members;
};

/** What both functions take of each event, in their order. @throws RangeError for an id that is not a UUID */
export const columnsOf = (members: readonly Member[]): Buffer[] => {
  const contexts = members.map(({ event }) => contextText(event));
  const checksums = members.map(({ request: { stream, expected, commandId, events }, nth, event }) => {
    const batch = nth === 1 ? events.length : 0;
    return givenChecksum({ stream, version: versionOf(expected) + nth, batch, commandId, event, context: coveredContext(event) });
  });
  return [
    uuidArray(members.map(({ event }) => event.id)),
    textArray(members.map(({ event }) => event.type)),
    uuidArray(members.map(({ event }) => event.caseId)),
    textArray(members.map(({ event }) => event.occurredAt)),
    textArray(contexts),
    uuidArray(members.map(({ event }) => event.correlationId)),
    uuidArray(members.map(({ event }) => event.causationId)),
    textArray(checksums),
    textArray(members.map(({ event }) => event.data)),
  ];
};
