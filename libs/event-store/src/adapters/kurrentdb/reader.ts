import { BACKWARDS, END, FORWARDS, StreamNotFoundError } from '@kurrent/kurrentdb-client';
import type { StreamName } from '@waymark/kernel';
import type { After, Filter, StoredEvent } from '../../event-log.js';
import { matches } from '../memory.js';
import { defaultPageSize } from '../pages.js';
import type { Namespace } from './namespace.js';
import { isAfter, toPlace, toPosition } from './places.js';
import type { ReadingClient } from './reading-client.js';
import { fromEngine, type EngineEvent } from './records.js';
import { engineFilter, scopeOf, wholeOf, type Scope } from './scope.js';
import { answerWithin } from './answer-within.js';

export interface ReaderOptions {
  readonly reading: ReadingClient;
  readonly namespace: Namespace;
  readonly timeoutMs: number;
}

/** One look at the global order, and how far it went. */
interface Look {
  readonly events: readonly StoredEvent[];
  readonly reached: After;
  readonly ended: boolean;
}

/** A filtered read that passes over many events gets no answer for a long time; then only a lost connection ends the wait. */
const scanTimes = 30;

/** Reads. Always from the leader, so that whoever wrote reads what was written. */
export class Reader {
  constructor(private readonly options: ReaderOptions) {}

  /** Pages of a stream from a version on; none when there is no such stream. */
  async *stream(stream: StreamName, from: number, to = Number.MAX_SAFE_INTEGER): AsyncIterable<readonly StoredEvent[]> {
    for (let next = Math.max(from, 1); next <= to;) {
      const size = Math.min(defaultPageSize, to - next + 1);
      const page = await this.#streamPage(stream, next, size);
      if (page.length > 0) yield page;
      if (page.length < size) return;
      next += size;
    }
  }

  async #streamPage(stream: StreamName, from: number, size: number): Promise<StoredEvent[]> {
    const { reading, namespace, timeoutMs } = this.options;
    const range = { fromRevision: BigInt(from - 1), maxCount: size, direction: FORWARDS, requiresLeader: true } as const;
    try {
      const found = await reading.read((client) =>
        answerWithin(timeoutMs, eventsOf(client.readStream(namespace.engineName(stream), range))),
      );
      return found.map((event) => fromEngine(event, stream));
    } catch (error) {
      if (error instanceof StreamNotFoundError) return [];
      throw error;
    }
  }

  /** Pages of the global order up to the head at the time of each. */
  async *all(
    after: After,
    filter: Filter,
    { limit, pageSize }: { limit: number; pageSize: number },
  ): AsyncIterable<readonly StoredEvent[]> {
    const scope = scopeOf(this.options.namespace, filter);
    if (scope === 'nothing') return;
    for (let [place, left] = [after, limit]; left > 0;) {
      const { events, reached, ended } = await this.#look(place, { scope, filter }, Math.min(pageSize, left));
      if (events.length > 0) yield events;
      if (ended) return;
      left -= events.length;
      place = reached;
    }
  }

  async #look(after: After, { scope, filter }: { scope: Scope; filter: Filter }, size: number): Promise<Look> {
    // The event at the place itself comes again, and is left out here.
    const asked = (scope.exact ? size : Math.max(size, defaultPageSize)) + 1;
    const raw = await this.#raw(after, scope, asked);
    const found = raw.map((event) => this.ours(event)).filter((event) => event !== undefined);
    const events = found.filter((event) => isAfter(event.position, after) && matches(event, filter));
    // What does not fit into the page is read again for the next.
    if (events.length > size) return { events: events.slice(0, size), reached: events[size - 1]!.position, ended: false };
    return { events, reached: endOf(raw, after), ended: raw.length < asked };
  }

  #raw(after: After, scope: Scope, maxCount: number): Promise<EngineEvent[]> {
    const { reading, timeoutMs } = this.options;
    const range = {
      fromPosition: toPlace(after),
      maxCount,
      direction: FORWARDS,
      requiresLeader: true,
      filter: engineFilter(scope),
    } as const;
    const ms = scope.narrow ? timeoutMs * scanTimes : timeoutMs;
    return reading.read((client) => answerWithin(ms, eventsOf(client.readAll(range))));
  }

  /** Where the newest of our events lies. */
  async head(): Promise<After> {
    const { reading, namespace, timeoutMs } = this.options;
    const filter = engineFilter(wholeOf(namespace));
    const range = { fromPosition: END, maxCount: 1, direction: BACKWARDS, requiresLeader: true, filter } as const;
    const [newest] = await reading.read((client) => answerWithin(timeoutMs, eventsOf(client.readAll(range))));
    return newest?.position ? toPosition(newest.position) : 'start';
  }

  /** An event of ours as the port gives it; undefined for one of somebody else's. */
  ours(event: EngineEvent): StoredEvent | undefined {
    const stream = this.options.namespace.streamOf(event.streamId);
    return stream === undefined ? undefined : fromEngine(event, stream);
  }
}

const endOf = (events: readonly EngineEvent[], after: After): After => {
  const place = events.at(-1)?.position;
  return place ? toPosition(place) : after;
};

/** All events of a read. The client's reads cannot be cancelled, so they request no more than is wanted. */
const eventsOf = async (resolved: AsyncIterable<{ readonly event?: EngineEvent }>): Promise<EngineEvent[]> => {
  const events: EngineEvent[] = [];
  for await (const { event } of resolved) if (event) events.push(event);
  return events;
};
