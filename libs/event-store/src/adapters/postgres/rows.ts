import { crc32 } from 'node:zlib';
import type { Actor, CaseId, Instant, PolicyInForce, Purpose, StreamName, Uuid } from '@waymark/kernel';
import { BoundedMap } from '../../bounded-map.js';
import { StoreUnusable, type SealedEvent, type SealedJson, type StoredEvent } from '../../event-log.js';
import { toPosition } from '../place.js';
import type { EventRow } from './schema.js';

/** Who acted, why, and under which policy: few enough that every event of a kind shares one object. */
interface Context {
  readonly actor: Actor;
  readonly purpose: Purpose;
  readonly policy: PolicyInForce;
}

let newest: { readonly context: Context; readonly text: string } | undefined;

/** The events of a command share theirs, so the newest is kept. */
export const contextText = ({ actor, purpose, policy }: Context): string => {
  const context = { actor, purpose, policy };
  if (!newest || !isSame(newest.context, context)) newest = { context, text: textOf(context) };
  return newest.text;
};

const isSame = (one: Context, other: Context): boolean =>
  isSameActor(one.actor, other.actor) &&
  one.purpose === other.purpose &&
  one.policy.pack === other.policy.pack &&
  one.policy.version === other.policy.version;

const isSameActor = (one: Actor, other: Actor): boolean =>
  one.user === other.user && one.role === other.role && one.organisation === other.organisation;

const textOf = ({ actor, purpose, policy }: Context): string =>
  JSON.stringify({
    actor: { user: actor.user, role: actor.role, organisation: actor.organisation },
    purpose,
    policy: { pack: policy.pack, version: policy.version },
  });

/**
 * Covers all that a writer gives, so that a row which was altered, by hand or by the disk, does not pass for what was written. `recordedAt` and the
 * position are not his to give: the database chooses them as it takes the row.
 */
export const checksumOf = (stream: string, version: number, event: SealedEvent, rest: string): number => {
  const { id, type, caseId, occurredAt, correlationId, causationId, data } = event;
  const head = `${stream}\n${version}\n${id}\n${type}\n${caseId ?? ''}\n${occurredAt}\n${correlationId}\n${causationId}\n${rest}`;
  // On from the head's, so that no text is put together from both.
  return crc32(data, crc32(head)) | 0;
};

/** The part of a checksum's text that is alike for all events of a context and a command. */
export const restOf = (context: string, commandId: string): string => `${commandId}\n${context}`;

export class Rows {
  readonly #contexts = new BoundedMap<string, Context>(10_000);

  constructor(private readonly database: string) {}

  /** @throws StoreUnusable when the row is not what was written */
  event = (row: EventRow): StoredEvent => {
    const context = this.#context(row[8]);
    const event: StoredEvent = {
      id: row[5] as Uuid,
      type: row[3],
      stream: row[1] as StreamName,
      version: row[2],
      position: toPosition(Number(row[0])),
      caseId: row[4] as CaseId | null,
      occurredAt: row[6] as Instant,
      recordedAt: row[7] as Instant,
      actor: context.actor,
      purpose: context.purpose,
      policy: context.policy,
      commandId: row[9] as Uuid,
      correlationId: row[10] as Uuid,
      causationId: row[11] as Uuid,
      data: row[13] as SealedJson,
    };
    if (checksumOf(row[1], row[2], event, restOf(row[8], row[9])) !== row[12])
      throw this.damaged(`the event at position ${event.position}, ${event.stream} version ${event.version}, is not what was written`);
    return event;
  };

  damaged(place: string): StoreUnusable {
    return new StoreUnusable(
      `The record in the database "${this.database}" is damaged: ${place}. Nothing was repaired; restore it from its backup.`,
    );
  }

  #context(text: string): Context {
    const known = this.#contexts.get(text);
    if (known) return known;
    const context = contextOf(text);
    this.#contexts.set(text, context);
    return context;
  }
}

/** An altered text that does not parse is told by the checksum, with its place. */
const contextOf = (text: string): Context => {
  try {
    return Object.freeze(JSON.parse(text) as Context);
  } catch {
    return {} as Context;
  }
};
