import type { ServerDuplexStream } from '@grpc/grpc-js';
import anyMessage from 'google-protobuf/google/protobuf/any_pb.js';
import emptyMessage from 'google-protobuf/google/protobuf/empty_pb.js';
import type { Database, Expected, Proposed } from './database.js';
import type { Faults } from './faults.js';
import {
  AccessDenied,
  AllStreamPosition,
  BatchAppendResp,
  MaximumAppendSizeExceeded,
  Status,
  WrongExpectedVersion,
  type BatchAppendRequest,
  type BatchAppendResponse,
} from './protocol.js';

type Call = ServerDuplexStream<BatchAppendRequest, BatchAppendResponse>;

interface Pending {
  readonly first: BatchAppendRequest;
  readonly events: Proposed[];
}

/** `Streams/BatchAppend`: appends by their correlation id, each in one or several messages, answered in the order in which they end. */
export const batchAppend =
  (database: Database, faults: Faults, maxAppendSize: number) =>
  (call: Call): void => {
    const pending = new Map<string, Pending>();
    call.on('data', (request: BatchAppendRequest) => {
      const id = request.getCorrelationId()!.getString();
      const append = pending.get(id) ?? { first: request, events: [] };
      append.events.push(...request.getProposedMessagesList().map(proposed));
      pending.set(id, append);
      if (!request.getIsFinal()) return;
      pending.delete(id);
      void answer(call, faults, decided(database, faults, append, maxAppendSize), append.first);
    });
    call.on('end', () => call.end());
    call.on('error', () => undefined);
  };

const answer = async (call: Call, faults: Faults, response: BatchAppendResponse, to: BatchAppendRequest): Promise<void> => {
  response.setCorrelationId(to.getCorrelationId());
  response.setStreamIdentifier(to.getOptions()!.getStreamIdentifier());
  await faults.beforeAnswer?.();
  if (!faults.silent && !call.cancelled) call.write(response);
};

const proposed = (message: ReturnType<BatchAppendRequest['getProposedMessagesList']>[number]): Proposed => ({
  id: message.getId()!.getString(),
  type: message.getMetadataMap().get('type')!,
  contentType: message.getMetadataMap().get('content-type')!,
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

const decided = (database: Database, faults: Faults, { first, events }: Pending, maxAppendSize: number): BatchAppendResponse => {
  if (faults.accessDenied) return failed('AccessDenied', new AccessDenied());
  const bytes = events.reduce((sum, { data, metadata, type }) => sum + data.length + metadata.length + type.length * 2, 0);
  if (bytes > maxAppendSize) return failed('MaximumAppendSizeExceeded', new MaximumAppendSizeExceeded().setMaxappendsize(maxAppendSize));
  const options = first.getOptions()!;
  const stream = Buffer.from(options.getStreamIdentifier()!.getStreamName_asU8()).toString();
  const result = database.append(stream, expectedOf(options), events);
  return 'current' in result ? failed('WrongExpectedVersion', wrong(result.current)) : succeeded(result.last);
};

const expectedOf = (options: NonNullable<ReturnType<BatchAppendRequest['getOptions']>>): Expected => {
  if (options.hasNoStream()) return -1;
  if (options.hasAny()) return -2;
  return options.hasStreamExists() ? -4 : Number(options.getStreamPosition());
};

const wrong = (current: number): InstanceType<typeof WrongExpectedVersion> => {
  const details = new WrongExpectedVersion().setExpectedAny(new emptyMessage.Empty());
  return current < 0 ? details.setCurrentNoStream(new emptyMessage.Empty()) : details.setCurrentStreamRevision(String(current));
};

const succeeded = ({ place, revision }: { place: bigint; revision: number }): BatchAppendResponse => {
  const position = new AllStreamPosition().setCommitPosition(String(place)).setPreparePosition(String(place));
  return new BatchAppendResp().setSuccess(new BatchAppendResp.Success().setCurrentRevision(String(revision)).setPosition(position));
};

const failed = (type: string, details: { serializeBinary(): Uint8Array }): BatchAppendResponse => {
  const packed = new anyMessage.Any();
  packed.pack(details.serializeBinary(), `event_store.client.${type}`);
  return new BatchAppendResp().setError(new Status().setMessage(type).setDetails(packed));
};
