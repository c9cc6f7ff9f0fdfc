import type { Instant, OrganisationId, Uuid } from '@waymark/kernel';
import type { ConsentInForce } from '../request/evidence.js';
import { isRepeat, type AtPosition, type Copy } from './seen.js';

/** What assessment publishes about consent. */
export type ConsentMessage = AtPosition & { readonly consentId: Uuid } & (
    | {
        /** The same consent again renews it for these agencies. */
        readonly kind: 'consent-given';
        readonly purpose: string;
        readonly agencies: readonly OrganisationId[];
        readonly from: Instant;
        readonly until: Instant | null;
      }
    | {
        readonly kind: 'consent-withdrawn';
        /** null: for all. */
        readonly agencies: readonly OrganisationId[] | null;
        readonly at: Instant;
      }
  );

/** From when until when a consent reaches an agency; the end is outside. */
interface Stretch {
  readonly consentId: Uuid;
  readonly purpose: string;
  readonly agency: OrganisationId;
  readonly from: Instant;
  readonly until: Instant | null;
}

/** A case's consents as stretches, so that what was in force can be told of any moment. */
export interface ConsentCopy extends Copy {
  readonly stretches: readonly Stretch[];
}

export const noConsents: ConsentCopy = { seenUpTo: null, stretches: [] };

export const foldConsent = (copy: ConsentCopy, message: ConsentMessage): ConsentCopy =>
  isRepeat(copy, message) ? copy : { seenUpTo: message.position, stretches: after(copy.stretches, message) };

const after = (stretches: readonly Stretch[], message: ConsentMessage): readonly Stretch[] => {
  const { consentId, agencies } = message;
  if (message.kind === 'consent-withdrawn') return ended(stretches, consentId, agencies, message.at);
  const { purpose, from, until } = message;
  return [
    ...ended(stretches, consentId, message.agencies, from),
    ...message.agencies.map((agency) => ({ consentId, purpose, agency, from, until })),
  ];
};

/** Ends what holds at that moment, and nothing else: a withdrawal that is told late leaves alone what the family gave after it. */
const ended = (
  stretches: readonly Stretch[],
  consentId: Uuid,
  agencies: readonly OrganisationId[] | null,
  at: Instant,
): readonly Stretch[] =>
  stretches
    .map((stretch) =>
      stretch.consentId === consentId && holdsAt(stretch, at) && (agencies?.includes(stretch.agency) ?? true)
        ? { ...stretch, until: at }
        : stretch,
    )
    .filter(({ from, until }) => until === null || from < until);

const holdsAt = ({ from, until }: Stretch, at: Instant): boolean => from <= at && (until === null || at < until);

/** The consents in force at a moment, and whom each reaches then. Withdrawal takes effect at once (CON-13). */
export const consentsInForce = ({ stretches }: ConsentCopy, at: Instant): readonly ConsentInForce[] => {
  const found = new Map<string, ConsentInForce>();
  for (const stretch of stretches.filter((candidate) => holdsAt(candidate, at))) {
    const { consentId, purpose, agency, from, until } = stretch;
    // A consent that was renewed for some of its agencies has stretches of differing lengths.
    const key = `${consentId} ${from} ${String(until)}`;
    const agencies = found.get(key)?.agencies ?? [];
    found.set(key, { consentId, purpose, agencies: [...agencies, agency], from, until });
  }
  return [...found.values()];
};
