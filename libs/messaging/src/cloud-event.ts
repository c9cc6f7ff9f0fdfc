import { Instant, isUuid, Uuid } from '@waymark/kernel';
import { z } from 'zod';
import type { Message, MessageKey } from './bus.js';

/** A stream's name, for what no case is: plain ASCII, since it is a key of Kafka's and a part of an address too. */
const stream = /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*-[A-Za-z0-9._-]{1,150}$/;
const isKey = (value: unknown): value is MessageKey => isUuid(value) || (typeof value === 'string' && stream.test(value));

/** CloudEvents 1.0, structured JSON, with the partitioning extension and three of our own. Extension names are lower case by that standard. */
const CloudEvent = z.object({
  specversion: z.literal('1.0'),
  id: Uuid,
  type: z.string().regex(/^earlyhelp\.[a-z-]+\.[a-z-]+\.v[1-9]\d*$/),
  source: z.string().regex(/^\/services\/[a-z-]+$/),
  time: Instant,
  datacontenttype: z.literal('application/json'),
  partitionkey: z.custom<MessageKey>(isKey),
  position: z.string().min(1).max(200),
  correlationid: Uuid,
  /** Builds before 1 December 2026 did not say it. */
  causationid: Uuid.optional(),
  data: z.unknown(),
});

/** A value on the bus that is no CloudEvent of ours. Names the attributes at fault, never their values. */
export class NotACloudEvent extends Error {
  override readonly name = 'NotACloudEvent';
}

type Attributes = z.infer<typeof CloudEvent>;

/** Of days that every month has: of the others the schema knows which. */
const instant = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const { type, source } = CloudEvent.shape;
const known = { type: new Set<unknown>(), source: new Set<unknown>() };

/** There are few of them, so that each is looked at closely once. */
const isKnown = (what: 'type' | 'source', value: unknown): boolean => {
  if (known[what].has(value)) return true;
  if (known[what].size >= 1_000 || !{ type, source }[what].safeParse(value).success) return false;
  known[what].add(value);
  return true;
};

/** Whether it is sound for certain, told in a fraction of the schema's time; whatever this has its doubts about is for the schema. */
const isPlain = (value: unknown): value is Attributes => {
  if (typeof value !== 'object' || value === null) return false;
  const event = value as Record<string, unknown>;
  return isOurs(event) && isPlaced(event) && isTraced(event);
};

const isTraced = ({ id, partitionkey, correlationid, causationid }: Record<string, unknown>): boolean =>
  isUuid(id) && isKey(partitionkey) && isUuid(correlationid) && (causationid === undefined || isUuid(causationid));

const isOurs = (event: Record<string, unknown>): boolean =>
  event['specversion'] === '1.0' &&
  event['datacontenttype'] === 'application/json' &&
  isKnown('type', event['type']) &&
  isKnown('source', event['source']);

const isPlaced = ({ time, position }: Record<string, unknown>): boolean =>
  typeof time === 'string' && instant.test(time) && typeof position === 'string' && position.length > 0 && position.length <= 200;

const parse = (value: unknown): Attributes => {
  if (isPlain(value)) return value;
  const result = CloudEvent.safeParse(value);
  if (result.success) return result.data;
  throw new NotACloudEvent(
    `not a CloudEvent of the platform: ${[...new Set(result.error.issues.map(({ path }) => path.join('.') || 'the value'))].join(', ')}`,
  );
};

/** @throws NotACloudEvent when an attribute is missing or malformed */
export const toCloudEvent = ({ id, type, source, time, key, position, correlationId, causationId, data }: Message): string =>
  JSON.stringify(
    parse({
      specversion: '1.0',
      id,
      type,
      source,
      time,
      datacontenttype: 'application/json',
      partitionkey: key,
      position,
      correlationid: correlationId,
      causationid: causationId,
      data,
    }),
  );

/** Unknown attributes are borne, as the standard asks. @throws NotACloudEvent */
export const fromCloudEvent = (text: string): Message => {
  const { id, type, source, time, partitionkey, position, correlationid, causationid, data } = parse(jsonOf(text));
  const caused = causationid === undefined ? {} : { causationId: causationid };
  return { id, type, source, time, key: partitionkey, position, correlationId: correlationid, ...caused, data };
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new NotACloudEvent('not a CloudEvent of the platform: not JSON');
  }
};
