import type { LogRecord } from './database.js';
import { ReadResp, StreamIdentifier, UUID, type ReadResponse } from './protocol.js';

const identifier = (stream: string) => new StreamIdentifier().setStreamName(Buffer.from(stream));

export const eventOf = (record: LogRecord): ReadResponse => {
  const place = String(record.place);
  const event = new ReadResp.ReadEvent.RecordedEvent()
    .setId(new UUID().setString(record.id))
    .setStreamIdentifier(identifier(record.stream))
    .setStreamRevision(String(record.revision))
    .setCommitPosition(place)
    .setPreparePosition(place)
    .setData(record.data)
    .setCustomMetadata(record.metadata);
  event.getMetadataMap().set('type', record.type).set('content-type', record.contentType).set('created', '17721765000000000');
  return new ReadResp().setEvent(new ReadResp.ReadEvent().setEvent(event).setCommitPosition(place));
};

export const notFound = (stream: string): ReadResponse =>
  new ReadResp().setStreamNotFound(new ReadResp.StreamNotFound().setStreamIdentifier(identifier(stream)));

export const lastPosition = (revision: number): ReadResponse => new ReadResp().setLastStreamPosition(String(revision));

export const confirmation = (id: string): ReadResponse =>
  new ReadResp().setConfirmation(new ReadResp.SubscriptionConfirmation().setSubscriptionId(id));

export const checkpoint = (place: bigint): ReadResponse =>
  new ReadResp().setCheckpoint(new ReadResp.Checkpoint().setCommitPosition(String(place)).setPreparePosition(String(place)));

export const caughtUp = (): ReadResponse => new ReadResp().setCaughtUp(new ReadResp.CaughtUp());
