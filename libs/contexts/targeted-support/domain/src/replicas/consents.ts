import { holdsAt, type ConsentLedger } from '@waymark/consent';
import type { Instant } from '@waymark/kernel';
import type { ConsentInForce } from '../request/evidence.js';

/** The consents in force at a moment, and whom each reaches then. Withdrawal takes effect at once (CON-13). */
export const consentsInForceAt = ({ consents }: ConsentLedger, at: Instant): readonly ConsentInForce[] => {
  const found = new Map<string, ConsentInForce>();
  for (const { consentId, purpose, reach } of consents)
    for (const { agency, from, until } of reach.filter((stretch) => holdsAt(stretch, at))) {
      // A consent that was renewed for some of its agencies has stretches of differing lengths.
      const key = `${consentId} ${from} ${String(until)}`;
      const agencies = found.get(key)?.agencies ?? [];
      found.set(key, { consentId, purpose, agencies: [...agencies, agency], from, until });
    }
  return [...found.values()];
};
