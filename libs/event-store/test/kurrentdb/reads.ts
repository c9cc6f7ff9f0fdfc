import type { ServerWritableStream } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import type { Database, LogRecord } from './database.js';
import { faultOf, type Faults } from './faults.js';
import { eventOf, lastPosition, notFound } from './messages.js';
import { ReadReq, type ReadOptions, type ReadRequest, type ReadResponse } from './protocol.js';
import { follow } from './subscriptions.js';

type Call = ServerWritableStream<ReadRequest, ReadResponse>;

/** `Streams/Read`: streams forwards, `$all` both ways with a filter, and catch-up subscriptions to `$all` with a filter. Nothing else is played. */
export const read =
  (database: Database, faults: Faults) =>
  (call: Call): void => {
    const fault = faultOf(faults);
    if (fault) return void call.emit('error', fault);
    if (faults.silent) return;
    play(database, faults, call);
  };

const play = (database: Database, faults: Faults, call: Call): void => {
  const options = call.request.getOptions()!;
  if (options.hasAll() && options.hasFilter())
    return options.hasSubscription() ? follow(database, faults, call) : readAll(database, call, options);
  if (options.hasStream() && options.hasCount() && !isBackwards(options)) return readStream(shown(database, faults), call, options);
  call.emit('error', { code: status.UNIMPLEMENTED, details: 'the stand-in does not play this kind of read' });
};

const isBackwards = (options: ReadOptions): boolean => options.getReadDirection() === ReadReq.Options.ReadDirection.BACKWARDS;

/** What a read of a stream sees. */
const shown = (database: Database, faults: Faults) => {
  const hides = faults.hidesNewest ?? 0;
  if (hides > 0) faults.hidesNewest = hides - 1;
  return (name: string): readonly LogRecord[] => database.stream(name).slice(0, hides > 0 ? -1 : undefined);
};

const readStream = (stream: (name: string) => readonly LogRecord[], call: Call, options: ReadOptions): void => {
  const from = options.getStream()!;
  const name = Buffer.from(from.getStreamIdentifier()!.getStreamName_asU8()).toString();
  const held = stream(name);
  if (held.length === 0) call.write(notFound(name));
  const first = from.hasStart() ? 0 : Number(from.getRevision());
  const found = held.slice(first, first + Number(options.getCount()));
  for (const record of found) call.write(eventOf(record));
  // With it the server closes a read that came to the end, for clients that declare to understand it.
  if (held.length > 0 && found.at(-1) === held.at(-1) && options.getControlOption()) call.write(lastPosition(held.length - 1));
  call.end();
};

const readAll = (database: Database, call: Call, options: ReadOptions): void => {
  const passes = passing(options);
  const found = isBackwards(options)
    ? [...database.log].reverse().filter(passes)
    : database.log.filter((record) => record.place >= startOf(options) && passes(record));
  for (const record of found.slice(0, Number(options.getCount()))) call.write(eventOf(record));
  call.end();
};

/** The position is inclusive when reading, and left out when subscribing. */
export const startOf = (options: ReadOptions): bigint => {
  const position = options.getAll()!.getPosition();
  return position ? BigInt(position.getCommitPosition()) : -1n;
};

export const passing = (options: ReadOptions): ((record: LogRecord) => boolean) => {
  const filter = options.getFilter()!;
  const onStream = filter.getStreamIdentifier();
  const prefixes = (onStream ?? filter.getEventType()!).getPrefixList();
  return ({ stream, type }) => prefixes.some((prefix) => (onStream ? stream : type).startsWith(prefix));
};
