import { binaryEvent, jsonEvent, type EventData, type JSONType } from '@kurrent/kurrentdb-client';
import type { Actor, CaseId, Instant, PolicyInForce, Purpose, StreamName, Uuid } from '@waymark/kernel';
import { StoreUnusable, type SealedEvent, type SealedJson, type StoredEvent } from '../../event-log.js';
import { toPosition, type EnginePlace } from './places.js';

/**
 * What surrounds an event, as the engine keeps it beside the data. `$correlationId` and `$causationId` are the engine's own names, which its
 * projections and its browser know.
 */
interface Metadata {
  readonly $correlationId: Uuid;
  readonly $causationId: Uuid;
  readonly eventId: Uuid;
  readonly commandId: Uuid;
  readonly recordedAt: Instant;
  readonly occurredAt: Instant;
  readonly caseId: CaseId | null;
  readonly actor: Actor;
  readonly purpose: Purpose;
  readonly policy: PolicyInForce;
}

/** An event as the client gives it. */
export interface EngineEvent {
  readonly streamId: string;
  readonly revision: bigint;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: unknown;
  readonly metadata?: unknown;
  readonly position?: EnginePlace | undefined;
}

/** What an attempt to append adds to its events. */
export interface Attempt {
  readonly commandId: Uuid;
  readonly recordedAt: Instant;
  /** A new id for the engine. */
  readonly nextId: () => string;
}

/**
 * An event in the engine's words. The engine's id for it is new at every attempt: by the ids the engine recognises a repetition and answers it as
 * a success, with the versions of what was sent instead of what was written the first time, so it must see none. Ours stands in the metadata.
 */
export const toEngine = (event: SealedEvent, { commandId, recordedAt, nextId }: Attempt): EventData => {
  const metadata: Metadata = {
    $correlationId: event.correlationId,
    $causationId: event.causationId,
    eventId: event.id,
    commandId,
    recordedAt,
    occurredAt: event.occurredAt,
    caseId: event.caseId,
    actor: event.actor,
    purpose: event.purpose,
    policy: event.policy,
  };
  const same = asSameJson(event.data);
  const rest = { id: nextId(), type: event.type, metadata: metadata as unknown as JSONType };
  return same === undefined
    ? binaryEvent({ ...rest, data: Buffer.from(event.data) })
    : jsonEvent({ ...rest, data: same.value as JSONType });
};

/** The client parses JSON and writes it anew. Text that would not come back identical is kept as bytes: its hash is in the ledger. */
const asSameJson = (text: string): { readonly value: unknown } | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? { value } : undefined;
  } catch {
    return undefined;
  }
};

export const versionOf = ({ revision }: EngineEvent): number => Number(revision) + 1;

/** @throws StoreUnusable for an event that Waymark did not write */
export const fromEngine = (event: EngineEvent, stream: StreamName): StoredEvent => {
  const { metadata, position } = event;
  if (!isOurs(metadata) || !position)
    throw new StoreUnusable(
      `${event.streamId} version ${versionOf(event)} in KurrentDB was not written by Waymark. Keep others out of our streams.`,
    );
  return {
    id: metadata.eventId,
    type: event.type,
    stream,
    version: versionOf(event),
    position: toPosition(position),
    caseId: metadata.caseId,
    occurredAt: metadata.occurredAt,
    recordedAt: metadata.recordedAt,
    actor: metadata.actor,
    purpose: metadata.purpose,
    policy: metadata.policy,
    commandId: metadata.commandId,
    correlationId: metadata.$correlationId,
    causationId: metadata.$causationId,
    data: (event.isJson ? JSON.stringify(event.data) : Buffer.from(event.data as Uint8Array).toString()) as SealedJson,
  };
};

const isOurs = (metadata: unknown): metadata is Metadata =>
  typeof metadata === 'object' && metadata !== null && 'eventId' in metadata && 'commandId' in metadata && 'recordedAt' in metadata;
