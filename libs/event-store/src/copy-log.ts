import type { Clock, Instant, NonEmpty } from '@waymark/kernel';
import { StoreUnusable, type EventLog, type StoredEvent } from './event-log.js';

/** The clock of a log that is copied into: it says when each event was recorded, so that the copy says the same. */
export class RecordedClock implements Clock {
  at = '' as Instant;
  now(): Instant {
    return this.at;
  }
}

export interface CopyOptions {
  readonly from: EventLog;
  /** Opened with `clock`, and written by nobody else meanwhile. */
  readonly to: EventLog;
  readonly clock: RecordedClock;
  /** How many events the copy holds by now. */
  readonly progress?: (events: number) => void;
}

export interface Copied {
  /** How many events stood in the copy already, from a copy that was cut off. */
  readonly found: number;
  readonly copied: number;
}

/**
 * Copies a whole log into another engine, append by append in the global order: ids, streams, versions, commands and both dates are kept, positions are the
 * engine's own. An interrupted copy goes on where it was, since it is compared with the original first; the whole is compared again at the end.
 * @throws StoreUnusable when the other log holds something that is not in this one
 */
export const copyLog = async ({ from, to, clock, progress = () => undefined }: CopyOptions): Promise<Copied> => {
  const keySet = await from.keySetId();
  const found = await compare(from, to);
  if (keySet !== undefined) await to.bindKeySet(keySet);
  let [passed, copied] = [0, 0];
  for await (const append of appendsOf(from)) {
    passed += append.length;
    if (passed <= found) continue;
    // An append is all or nothing, so what was cut off ends between two of them.
    if (passed - append.length < found) throw differs(append[0]);
    await write(to, append, clock);
    copied += append.length;
    progress(found + copied);
  }
  const same = await compare(from, to);
  if (same !== passed) throw new StoreUnusable(`the copy holds ${same} events of ${passed}; start the copy again`);
  return { found, copied };
};

const write = async (to: EventLog, append: NonEmpty<StoredEvent>, clock: RecordedClock): Promise<void> => {
  const [{ stream, version, commandId, recordedAt }] = append;
  clock.at = recordedAt;
  const appended = await to.append(stream, version === 1 ? 'none' : version - 1, append, commandId);
  if (appended.first !== version || appended.recordedAt !== recordedAt) throw differs(append[0]);
};

/** One append after the other: the events of one command in one stream stand side by side in the global order. */
async function* appendsOf(log: EventLog): AsyncIterable<NonEmpty<StoredEvent>> {
  let append: StoredEvent[] = [];
  for await (const page of log.readAll('start'))
    for (const event of page) {
      const [first] = append;
      if (first && (first.stream !== event.stream || first.commandId !== event.commandId)) {
        yield append as unknown as NonEmpty<StoredEvent>;
        append = [];
      }
      append.push(event);
    }
  if (append.length > 0) yield append as unknown as NonEmpty<StoredEvent>;
}

/** How many events of the original the copy holds. @throws StoreUnusable where it holds another one */
const compare = async (original: EventLog, copy: EventLog): Promise<number> => {
  const events = eventsOf(original);
  let same = 0;
  for await (const event of eventsOf(copy)) {
    const { value } = (await events.next()) as { readonly value: StoredEvent | undefined };
    if (value === undefined || textOf(value) !== textOf(event)) throw differs(event);
    same += 1;
  }
  await events.return(undefined);
  return same;
};

async function* eventsOf(log: EventLog): AsyncGenerator<StoredEvent> {
  for await (const page of log.readAll('start')) yield* page;
}

/** Everything but the position, which is an engine's own; one form whatever the order in which an adapter fills its fields. */
const textOf = ({ actor, policy, ...event }: StoredEvent): string =>
  JSON.stringify([
    ...[event.id, event.type, event.stream, event.version, event.caseId, event.occurredAt, event.recordedAt],
    ...[actor.user, actor.role, actor.organisation, event.purpose, policy.pack, policy.version],
    ...[event.commandId, event.correlationId, event.causationId, event.data],
  ]);

const differs = ({ stream, version }: StoredEvent): StoreUnusable =>
  new StoreUnusable(
    `the target of the copy holds something else at ${stream} version ${version}; copy into an empty event log, or into one where a copy of this log was interrupted`,
  );
