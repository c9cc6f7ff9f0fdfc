import type { Actor, CaseId, Instant, PolicyInForce, Purpose, StreamName, Uuid } from '@waymark/kernel';
import { BoundedMap } from '../../bounded-map.js';
import { StoreUnusable, type SealedJson, type StoredEvent } from '../../event-log.js';
import { checksumOf, contextText as coveredContext, givenText, type Given } from '../checksum.js';
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

/** What the writer covers of a row, for the function to finish. */
export const givenChecksum = (given: Given): string => String(checksumOf(givenText(given)));

/** The whole of a row's checksum. Position and moment are not the writer's to give: the database chooses them as it takes the row. */
export const placedChecksum = (position: string, recordedAt: string, given: string): string =>
  String(checksumOf(`${position} ${recordedAt.length}:${recordedAt}${given}`));

export class Rows {
  readonly #contexts = new BoundedMap<string, Context>(10_000);

  constructor(private readonly database: string) {}

  /** @throws StoreUnusable when the row is not what was written */
  event = (row: EventRow): StoredEvent => {
    const event = this.unverified(row);
    if (!isAsWritten(row, event))
      throw this.damaged(`the event at position ${event.position}, ${event.stream} version ${event.version}, is not what was written`);
    return event;
  };

  /** As it stands, whatever its checksum says. */
  unverified(row: EventRow): StoredEvent {
    const context = this.#context(row[8]);
    return {
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
  }

  damaged(place: string): StoreUnusable {
    return new StoreUnusable(
      `The event log in the database "${this.database}" is damaged: ${place}. Nothing was repaired; restore it from its backup.`,
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

const isAsWritten = (row: EventRow, event: StoredEvent): boolean => {
  const { stream, version, commandId, recordedAt } = event;
  // An altered context may be none at all.
  if (!event.actor || !event.policy || !event.purpose) return false;
  const given = givenChecksum({ stream, version, batch: row[14], commandId, event, context: coveredContext(event) });
  return placedChecksum(row[0], recordedAt, given) === row[12];
};

/** Altered text that does not parse is reported by the checksum, with its position. */
const contextOf = (text: string): Context => {
  try {
    return Object.freeze(JSON.parse(text) as Context);
  } catch {
    return {} as Context;
  }
};
