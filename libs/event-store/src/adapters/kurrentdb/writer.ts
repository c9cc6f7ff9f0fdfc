import { NO_STREAM, WrongExpectedVersionError, type AppendResult } from '@kurrent/kurrentdb-client';
import { KeyedMutex, realSleep } from '@waymark/async';
import type { Clock, Ids, Instant, NonEmpty, StreamName, Uuid } from '@waymark/kernel';
import { WrongExpectedVersion, type Appended, type SealedEvent } from '../../event-log.js';
import type { Connection } from './connection.js';
import { isDeadEnd, NoAnswer } from './errors.js';
import { Histories, type History } from './history.js';
import type { Namespace } from './namespace.js';
import { toPosition } from './places.js';
import type { Reader } from './reader.js';
import { toEngine } from './records.js';
import { answerWithin } from './answer-within.js';

/** One append as the caller requested it. */
export interface AppendRequest {
  readonly stream: StreamName;
  readonly expected: number | 'none';
  readonly events: NonEmpty<SealedEvent>;
  readonly commandId: Uuid;
}

export interface WriterOptions {
  readonly connection: Connection;
  readonly namespace: Namespace;
  readonly reader: Reader;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly timeoutMs: number;
}

const mostLooks = 20;
const lookAgainMs = 25;

/** The engine refused the version; it is at another, if it said so. */
class Refused {
  constructor(readonly actual: number | undefined) {}
}

/**
 * Appends. That a command is not in the stream yet is known up to the version that is expected, and the engine takes the events only if the stream
 * is still there: so no repetition is written, by whichever process, and no lost answer leaves a doubt behind.
 */
export class Writer {
  readonly histories = new Histories();
  readonly #byStream = new KeyedMutex();

  constructor(private readonly options: WriterOptions) {}

  /** @throws WrongExpectedVersion */
  append(request: AppendRequest): Promise<Appended> {
    return this.#byStream.run(request.stream, () => this.#append(request));
  }

  async committed(stream: StreamName, commandId: Uuid): Promise<Appended | undefined> {
    return this.histories.of(stream).commands.get(commandId) ?? (await this.#readOn(stream)).commands.get(commandId);
  }

  async #append(request: AppendRequest): Promise<Appended> {
    const { stream, expected, commandId } = request;
    const version = expected === 'none' ? 0 : expected;
    const known = this.histories.of(stream);
    // A new stream needs no look: the engine itself knows whether it is there.
    const { version: at, commands, recordedAt } = known.version < version ? await this.#readOn(stream) : known;
    const first = commands.get(commandId);
    if (first) return first;
    if (at < version) throw new WrongExpectedVersion(stream, expected, at);
    const result = at === version ? await this.#write(request, version, recordedAt) : new Refused(undefined);
    return result instanceof Refused ? this.#explain(request, result) : result;
  }

  async #write({ stream, events, commandId }: AppendRequest, version: number, before: Instant | ''): Promise<Appended | Refused> {
    const { clock, ids } = this.options;
    const now = clock.now();
    // Never earlier than the event before it in the stream, whatever the clock does; instants order as text.
    const recordedAt = before === '' || now > before ? now : before;
    const attempt = { commandId, recordedAt, nextId: () => ids.next() };
    const result = await this.#send(
      stream,
      version,
      events.map((event) => toEngine(event, attempt)),
    );
    if (result instanceof Refused) return result;
    if (!result.position) throw new NoAnswer('the engine took an append and did not say where');
    const [first, last] = [version + 1, version + events.length];
    const appended = { stream, first, last, position: toPosition(result.position), recordedAt, repeated: false };
    this.histories.wrote(appended, commandId);
    return appended;
  }

  async #send(stream: StreamName, version: number, events: ReturnType<typeof toEngine>[]): Promise<AppendResult | Refused> {
    const { connection, namespace, timeoutMs } = this.options;
    const { line } = connection;
    // Without a state the client would append whatever the stream holds.
    const streamState = version === 0 ? NO_STREAM : BigInt(version - 1);
    try {
      return await answerWithin(timeoutMs, line.client.appendToStream(namespace.engineName(stream), events, { streamState }));
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) return new Refused(versionOf(error.actualState));
      if (isDeadEnd(error)) connection.leave(line);
      throw error;
    }
  }

  /** A version that is not the expected one: the command was there first, or somebody else was. */
  async #explain({ stream, expected, commandId }: AppendRequest, { actual = 0 }: Refused): Promise<Appended> {
    for (let looks = 1; ; looks += 1) {
      const { version, commands } = await this.#readOn(stream);
      const first = commands.get(commandId);
      if (first) return first;
      if (version >= actual || looks === mostLooks) throw new WrongExpectedVersion(stream, expected, Math.max(version, actual));
      // The engine counts an append before it shows it, and that could be this command's own first one.
      await realSleep(lookAgainMs);
    }
  }

  /** Reads what a stream holds beyond what is known of it. */
  async #readOn(stream: StreamName): Promise<History> {
    const from = this.histories.of(stream).version + 1;
    for await (const page of this.options.reader.stream(stream, from)) this.histories.saw(stream, page);
    return this.histories.of(stream);
  }
}

const versionOf = (state: WrongExpectedVersionError['actualState']): number | undefined =>
  typeof state === 'bigint' ? Number(state) + 1 : undefined;
