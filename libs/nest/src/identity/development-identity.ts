import { OrganisationId, purposes, roles, UserId, type Actor, type Purpose } from '@waymark/kernel';
import { z } from 'zod';
import { problem } from '../problems/problem.js';

export const developmentIdentityHeader = 'waymark-dev-identity';

const Identity = z.strictObject({
  user: UserId,
  role: z.enum(roles),
  organisation: OrganisationId,
  purpose: z.enum(purposes).default('early-help'),
});

export interface DevelopmentIdentity {
  readonly actor: Actor;
  readonly purpose: Purpose;
}

/**
 * Reads `user=dana; role=practitioner; organisation=fenbank-primary; purpose=early-help`. The purpose may be left out.
 * Only the development profile takes it: it proves nothing.
 */
export const developmentIdentity = (header: string | undefined): DevelopmentIdentity => {
  if (!header)
    throw problem(
      [401, 'no-identity', 'Who are you?'],
      `Say who you are with the header Waymark-Dev-Identity: user=dana; role=practitioner; organisation=fenbank-primary`,
    );
  const known = understood.get(header);
  if (known) return known;
  const identity = read(header);
  if (understood.size >= mostUnderstood) understood.clear();
  understood.set(header, identity);
  return identity;
};

/** The same few people send many requests: their identity header is parsed once. */
const understood = new Map<string, DevelopmentIdentity>();
const mostUnderstood = 1_000;

const read = (header: string): DevelopmentIdentity => {
  const parts = header.split(';').map((part) => part.split('=', 2).map((text) => text.trim()));
  const parsed = Identity.safeParse(Object.fromEntries(parts.filter(([name]) => name !== '')));
  if (!parsed.success)
    throw problem(
      [401, 'no-identity', 'Who are you?'],
      'The development identity needs user, role and organisation, each a short handle.',
      {
        field: 'Waymark-Dev-Identity',
        errors: parsed.error.issues.map((issue) => ({ field: issue.path.join('.') || 'Waymark-Dev-Identity', message: issue.message })),
      },
    );
  const { purpose, ...actor } = parsed.data;
  return { actor: Object.freeze(actor), purpose };
};
