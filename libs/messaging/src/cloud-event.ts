import { CaseId, Instant, Uuid } from '@waymark/kernel';
import { z } from 'zod';
import type { Message } from './bus.js';

/** CloudEvents 1.0, structured JSON, with the partitioning extension and two of our own. Extension names are lower case by that standard. */
const CloudEvent = z.object({
  specversion: z.literal('1.0'),
  id: Uuid,
  type: z.string().regex(/^earlyhelp\.[a-z-]+\.[a-z-]+\.v[1-9]\d*$/),
  source: z.string().regex(/^\/services\/[a-z-]+$/),
  time: Instant,
  datacontenttype: z.literal('application/json'),
  partitionkey: CaseId,
  position: z.string().min(1).max(200),
  correlationid: Uuid,
  data: z.unknown(),
});

/** A value on the bus that is no CloudEvent of ours. Names the attributes at fault, never their values. */
export class NotACloudEvent extends Error {
  override readonly name = 'NotACloudEvent';
}

type Attributes = z.infer<typeof CloudEvent>;

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
/** Of days that every month has. */
const instant = '\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d\\.\\d{3}Z';
const type = 'earlyhelp\\.[a-z-]+\\.[a-z-]+\\.v[1-9]\\d*';
/**
 * An event up to its data, as it is written here, with nothing in it that JSON would have to escape: told and read in a fraction of the schema's time.
 * Whatever this has its doubts about is for the schema.
 */
const asWritten = new RegExp(
  `^{"specversion":"1\\.0","id":"(${uuid})","type":"(${type})","source":"(/services/[a-z-]+)","time":"(${instant})",` +
    `"datacontenttype":"application/json","partitionkey":"(${uuid})","position":"([!#-[\\]-~]{1,200})","correlationid":"(${uuid})","data":`,
);

const parse = (value: unknown): Attributes => {
  const result = CloudEvent.safeParse(value);
  if (result.success) return result.data;
  throw new NotACloudEvent(
    `not a CloudEvent of the platform: ${[...new Set(result.error.issues.map(({ path }) => path.join('.') || 'the value'))].join(', ')}`,
  );
};

/** @throws NotACloudEvent when an attribute is missing or malformed */
export const toCloudEvent = ({ id, type, source, time, key, position, correlationId, data }: Message): string => {
  const event = {
    specversion: '1.0',
    id,
    type,
    source,
    time,
    datacontenttype: 'application/json',
    partitionkey: key,
    position,
    correlationid: correlationId,
    data,
  };
  const text = JSON.stringify(event);
  return asWritten.test(text) ? text : JSON.stringify(parse(event));
};

/** Unknown attributes are borne, as the standard asks. @throws NotACloudEvent */
export const fromCloudEvent = (text: string): Message => {
  const read = readAsWritten(text);
  if (read) return read;
  const { id, type, source, time, partitionkey, position, correlationid, data } = parse(jsonOf(text));
  return { id, type, source, time, key: partitionkey, position, correlationId: correlationid, data };
};

/** Undefined unless what follows the attributes is data and nothing else. */
const readAsWritten = (text: string): Message | undefined => {
  const [head, id, type, source, time, key, position, correlationId] = asWritten.exec(text) ?? [];
  if (head === undefined || !text.endsWith('}')) return undefined;
  try {
    const data: unknown = JSON.parse(text.slice(head.length, -1));
    return { id, type, source, time, key, position, correlationId, data } as Message;
  } catch {
    return undefined;
  }
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new NotACloudEvent('not a CloudEvent of the platform: not JSON');
  }
};
