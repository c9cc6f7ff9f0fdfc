import { canonicalJson, type StreamName } from '@waymark/kernel';
import { DESTROYED, type DataKey, type Destroyed, type KeyStore } from '@waymark/keys';
import type { SealedEvent, SealedJson } from '../event-log.js';
import { InvalidEvent, SubjectErased, type NewEvent } from '../event-store.js';
import type { EventCatalogue, StoredType } from './catalogue.js';
import { ALGORITHM, seal, type Binding } from './cipher.js';
import { commitmentsTo, seedBytes } from './commitments.js';
import { sealedField } from './plan.js';
import type { RandomPool } from './random-pool.js';
import { extractSealed, type Extracted, type SubjectValues } from './extract-sealed.js';

/** An event checked against its schema and ready to be sealed. */
export interface Prepared {
  readonly event: NewEvent;
  readonly apart: Extracted;
}

/** @throws InvalidEvent when the data breaks its schema or the type is not one that is written */
export const prepare = (catalogue: EventCatalogue, event: NewEvent): Prepared => {
  const stored = writable(catalogue, event.type);
  const apart = stored.split?.(event.data, event.caseId) ?? extractBySchema(stored, event);
  return { event, apart };
};

const extractBySchema = (stored: StoredType, event: NewEvent): Extracted => {
  const checked = stored.definition.schema.safeParse(event.data);
  if (!checked.success) {
    // Paths and codes only: a message could repeat what was entered.
    const where = checked.error.issues.map(({ path, code }) => `${path.join('.') || 'data'} (${code})`);
    throw new InvalidEvent(`${event.type} does not fit its schema at ${where.join(', ')}`);
  }
  const data = checked.data;
  if (stored.plan.paths.length === 0) return { open: data, sealed: [] };
  return extractSealed(stored.plan, event.type, data, event.caseId);
};

const writable = (catalogue: EventCatalogue, type: string): StoredType => {
  const stored = catalogue.stored(type);
  if (!stored) throw new InvalidEvent(`${type} is not in the catalogue of events`);
  if (stored.steps.length > 0) throw new InvalidEvent(`${type} is an earlier version; write ${stored.newest}`);
  return stored;
};

/** The keys that sealing needs and that are not at hand. */
export const missingSubjects = (keys: KeyStore, prepared: readonly Prepared[]): string[] => {
  const missing: string[] = [];
  for (const { apart } of prepared) for (const { subject } of apart.sealed) if (keys.peek(subject) === undefined) missing.push(subject);
  return missing;
};

type KeyOf = (subject: string) => DataKey | Destroyed | undefined;

/** @throws SubjectErased */
export const sealEvent = (stream: StreamName, prepared: Prepared, keyOf: KeyOf, pool: RandomPool): SealedEvent => {
  const { event, apart } = prepared;
  const data = (apart.sealed.length === 0 ? JSON.stringify(apart.open) : sealedText(stream, prepared, keyOf, pool)) as SealedJson;
  return envelopeOf(event, data);
};

const envelopeOf = (event: NewEvent, data: SealedJson): SealedEvent => ({
  id: event.id,
  type: event.type,
  caseId: event.caseId,
  occurredAt: event.occurredAt,
  actor: event.actor,
  purpose: event.purpose,
  policy: event.policy,
  correlationId: event.correlationId,
  causationId: event.causationId,
  data,
});

const sealedText = (stream: StreamName, { event, apart }: Prepared, keyOf: KeyOf, pool: RandomPool): string => {
  let entries = '';
  for (const own of apart.sealed) {
    const { subject } = own;
    const key = keyOf(subject);
    if (key === undefined || key === DESTROYED)
      throw new SubjectErased(`${event.type}: the key of ${subject} was destroyed; nothing new can be sealed for them`);
    entries += `${entries && ','}${entryText(key, { stream, eventId: event.id, type: event.type, subject }, own, pool)}`;
  }
  const open = JSON.stringify(apart.open);
  // Last, so that a reader takes it off without reshaping the object.
  return `${open === '{}' ? '{' : `${open.slice(0, -1)},`}"${sealedField}":[${entries}]}`;
};

const seed = new Uint8Array(seedBytes);

/** Under seal stand the seed of the salts and a list of the values, in the order of their paths. */
const entryText = (key: DataKey, bound: Binding, { paths, values }: SubjectValues, pool: RandomPool): string => {
  const texts = values.map(canonicalJson);
  pool.fill(seed);
  const commitments = commitmentsTo(seed, paths, texts).join('","');
  const text = seal(key, pool, bound, { seed, text: `[${texts.join(',')}]` });
  seed.fill(0);
  // Base64 needs no escaping, and looking for what does is a good part of what stringifying costs.
  return `{"s":${JSON.stringify(bound.subject)},"k":${key.generation},"a":${ALGORITHM},"p":${JSON.stringify(paths)},"h":["${commitments}"],"c":"${text}"}`;
};
