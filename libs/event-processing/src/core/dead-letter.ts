import type { Instant } from '@waymark/kernel';
import type { Refusal } from '@waymark/messaging';
import type { Collection, Document } from '@waymark/read-model';
import type { Trouble } from './failure.js';

/**
 * `failed`: every try failed. `unreadable`: cannot be read here. `unknown`: a message whose shape breaks its contract as it is known here, or,
 * of builds before 1 December 2026, one of an unknown type; tried anew at every start. `behind`: waits for one of its case.
 * `foreign`: no message at all; it was passed, belongs to no case and parks none.
 */
export type ParkedBecause = 'failed' | 'unreadable' | 'unknown' | 'behind' | 'foreign';

/** An item that waits for its case to be put right. Holds ids, types and codes, no personal data. */
export interface DeadLetter extends Document, Trouble {
  readonly reaction: string;
  /** The case; the stream, where an event has no case; where it lies, for what is no message. */
  readonly key: string;
  /** Where it stands among those of its key, by plain string comparison. */
  readonly order: string;
  readonly type: string;
  readonly because: ParkedBecause;
  readonly attempts: number;
  readonly firstSeen: Instant;
  /** Where to find it again. */
  readonly origin: Readonly<Record<string, unknown>>;
}

/** A value that is no message parks no case, having none; somebody should still know of it. */
export const letterOfRefused = (reaction: string, { topic, offset, reason }: Refusal, now: Instant): DeadLetter => {
  const place = `${topic} ${offset}`;
  return {
    ...{ id: `foreign ${place}`, reaction, key: place, order: offset, type: 'none', because: 'foreign' },
    ...{ error: 'NotACloudEvent', message: reason, attempts: 0, firstSeen: now, origin: { topic, offset } },
  };
};

/** One collection a reaction, so that a rebuilt projection swaps its parked cases together with its documents. */
export const parkedCollection = (reaction: string): Collection => {
  const [service, name] = splitName(reaction);
  return { name: `${service}.parked-${name}`, indexes: ['key', 'order'] };
};

/** @throws TypeError for a reaction that is not named `<service>.<name>` */
export const splitName = (reaction: string): readonly [string, string] => {
  const [, service, name] = /^([a-z][a-z0-9-]*)\.([a-z][a-z0-9-]*)$/.exec(reaction) ?? [];
  if (!service || !name) throw new TypeError(`reaction ${reaction}: want <service>.<name> in lower case`);
  return [service, name];
};
