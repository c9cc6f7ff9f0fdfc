import { isDeepStrictEqual } from 'node:util';
import { UnreadableEvent } from '@waymark/event-store';
import type { CaseId, StreamName } from '@waymark/kernel';
import type { CaseRecord } from '@waymark/nest';
import type { CaseHistory } from '../case-history.js';
import { CaseFold, type StreamState } from '../case-state.js';
import { caseOf, type CaseEvent } from '../entry.js';
import type { DomainCatalogue } from '../domain-catalogue.js';

/** One stream folded both ways. */
export interface ReplayedStream {
  readonly stream: StreamName;
  readonly aggregate: string | null;
  readonly versionFromLog: number;
  readonly versionFromStream: number;
  readonly same: boolean;
  /** Where they part; paths into the state, never its values. */
  readonly differsAt?: readonly string[];
}

export interface Replay {
  readonly caseId: CaseId;
  readonly same: boolean;
  readonly events: { readonly fromLog: number; readonly fromStreams: number };
  readonly streams: readonly ReplayedStream[];
}

/** Folds a case twice, each time from the record alone: page by page along the log, then stream by stream; and compares. */
export class ReplayCheck {
  constructor(
    private readonly record: Pick<CaseRecord, 'read'>,
    private readonly practice: DomainCatalogue,
    private readonly history: CaseHistory,
  ) {}

  async of(caseId: CaseId): Promise<Replay> {
    const fromLog = await this.#alongTheLog(caseId);
    const streams: ReplayedStream[] = [];
    let fromStreams = 0;
    for (const [stream, { state, count }] of fromLog.streams) {
      const own = await this.#alongTheStream(caseId, stream, state.version);
      fromStreams += own.count;
      streams.push(compare(state, count, own.state, own.count));
    }
    const same = fromLog.count === fromStreams && streams.every((stream) => stream.same);
    return { caseId, same, events: { fromLog: fromLog.count, fromStreams }, streams };
  }

  async #alongTheLog(caseId: CaseId) {
    const fold = new CaseFold(this.practice);
    const counts = new Map<StreamName, number>();
    let count = 0;
    for await (const { event } of this.history.events(caseId)) {
      const stream = event instanceof UnreadableEvent ? event.at.stream : event.stream;
      fold.add(event);
      counts.set(stream, (counts.get(stream) ?? 0) + 1);
      count += 1;
    }
    return { count, streams: new Map(fold.states().map((state) => [state.stream, { state, count: counts.get(state.stream) ?? 0 }])) };
  }

  /** Up to the version that the log had, so that what is recorded meanwhile is no difference. */
  async #alongTheStream(caseId: CaseId, stream: StreamName, to: number): Promise<{ state: StreamState | undefined; count: number }> {
    const fold = new CaseFold(this.practice);
    let count = 0;
    for await (const event of this.#wholeStream(stream, to)) {
      if (caseOf(event) !== caseId) continue;
      fold.add(event);
      count += 1;
    }
    return { state: fold.states()[0], count };
  }

  /** A stream's reading ends at an event that cannot be read; here it is an event like any other, and the reading goes on behind it. */
  async *#wholeStream(stream: StreamName, to: number): AsyncGenerator<CaseEvent> {
    for (let from = 1; from <= to;) {
      const unreadable = yield* this.#untilUnreadable(stream, from, to);
      if (!unreadable) return;
      yield unreadable;
      from = unreadable.at.version + 1;
    }
  }

  async *#untilUnreadable(stream: StreamName, from: number, to: number): AsyncGenerator<CaseEvent, UnreadableEvent | undefined> {
    try {
      for await (const page of this.record.read(stream, { from, to })) yield* page;
      return undefined;
    } catch (error) {
      if (error instanceof UnreadableEvent) return error;
      throw error;
    }
  }
}

const nothing: Pick<StreamState, 'version' | 'state'> = { version: 0, state: null };

const compare = (log: StreamState, logCount: number, own: StreamState | undefined, ownCount: number): ReplayedStream => {
  const { version, state } = own ?? nothing;
  const differsAt = [
    ...(log.version === version ? [] : ['version']),
    ...(logCount === ownCount ? [] : ['count']),
    ...differences(log.state, state, 'state'),
  ];
  const same = differsAt.length === 0;
  return {
    ...{ stream: log.stream, aggregate: log.aggregate, versionFromLog: log.version, versionFromStream: version, same },
    ...(same ? {} : { differsAt }),
  };
};

/** The paths at which two values differ, the deepest that can be named; 20 at most. */
export const differences = (a: unknown, b: unknown, path: string): readonly string[] => {
  if (isDeepStrictEqual(a, b)) return [];
  if (!isBranch(a) || !isBranch(b)) return [path];
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const below = keys.flatMap((key) => differences(a[key], b[key], `${path}.${key}`));
  return (below.length === 0 ? [path] : below).slice(0, 20);
};

const isBranch = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
