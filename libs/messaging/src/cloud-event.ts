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

const parse = (value: unknown): z.infer<typeof CloudEvent> => {
  const result = CloudEvent.safeParse(value);
  if (result.success) return result.data;
  throw new NotACloudEvent(
    `not a CloudEvent of the platform: ${[...new Set(result.error.issues.map(({ path }) => path.join('.') || 'the value'))].join(', ')}`,
  );
};

/** @throws NotACloudEvent when an attribute is missing or malformed */
export const toCloudEvent = ({ id, type, source, time, key, position, correlationId, data }: Message): string =>
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
      data,
    }),
  );

/** Unknown attributes are borne, as the standard asks. @throws NotACloudEvent */
export const fromCloudEvent = (text: string): Message => {
  const { id, type, source, time, partitionkey, position, correlationid, data } = parse(jsonOf(text));
  return { id, type, source, time, key: partitionkey, position, correlationId: correlationid, data };
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new NotACloudEvent('not a CloudEvent of the platform: not JSON');
  }
};
