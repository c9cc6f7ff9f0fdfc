import { hash } from 'node:crypto';
import type { Envelope } from '@waymark/kernel';

/** A text with its length, so that what follows cannot be taken for a part of it. */
const sized = (text: string): string => `${text.length}:${text}`;

/** Who acted, why and under which policy, as a row's checksum covers it; alike for all events of a context. */
export const contextText = ({ actor, purpose, policy }: Pick<Envelope, 'actor' | 'purpose' | 'policy'>): string =>
  `${sized(actor.user)}${sized(actor.role)}${sized(actor.organisation)}${sized(purpose)}${sized(policy.pack)}${sized(policy.version)}`;

/** What a writer gives of a row, in the form in which it is covered. */
export interface Given {
  readonly stream: string;
  readonly version: number;
  /** The number of events of an append on its first event, 0 on the others. */
  readonly batch: number;
  readonly commandId: string;
  readonly event: {
    readonly id: string;
    readonly type: string;
    readonly caseId: string | null;
    readonly occurredAt: string;
    readonly correlationId: string;
    readonly causationId: string;
    readonly data: string;
  };
  /** As {@link contextText}. */
  readonly context: string;
}

/** All that a writer gives of a row, as one text that no other row has. What the store adds, its place and moment, is put before it. */
export const givenText = ({ stream, version, batch, commandId, event, context }: Given): string =>
  `${version} ${batch} ${sized(stream)}${sized(event.type)}${event.caseId === null ? '-' : sized(event.caseId)}${sized(event.id)}${sized(event.occurredAt)}${sized(commandId)}${sized(event.correlationId)}${sized(event.causationId)}${context}${event.data}`;

/** Enough that damage by chance passes once in 4,500,000,000,000,000 times, and as many as a number holds without loss. */
const digits = 13;

/**
 * The checksum of a row: 52 bits of SHA-256. It detects accidental changes by a disk, a copy or an edit of the file. Whoever wants to deceive can make one
 * that fits; the ledger detects that.
 */
export const checksumOf = (text: string): number => parseInt(hash('sha256', text, 'hex').slice(0, digits), 16);

/** The same for a row of which place and moment are known. */
export const rowChecksum = (position: number, recordedAt: string, given: Given): number =>
  checksumOf(`${position} ${sized(recordedAt)}${givenText(given)}`);
