import { v5 as nameBased } from 'uuid';
import { z } from 'zod';
import { open } from './fields.js';

const id = <Name extends string>() => open(z.uuid().lowercase()).brand<Name>();

/** Any identifier of the platform: a UUID in lower case. New ones are version 7; derived ones version 5. */
export const Uuid = id<'Uuid'>();
export type Uuid = z.infer<typeof Uuid>;

/** A family's file, minted with the first contact about the family; the key of the bus and of every history. */
export const CaseId = id<'CaseId'>();
export type CaseId = z.infer<typeof CaseId>;

/** A person, whichever family they are in; sealed fields name whose they are by it. */
export const PersonId = id<'PersonId'>();
export type PersonId = z.infer<typeof PersonId>;

const slug = /^[a-z0-9][a-z0-9._-]{0,62}$/;

/** A member of staff as the sign-in knows them. A pseudonymous handle, never an e-mail address or a name. */
export const UserId = open(z.string().regex(slug, 'must be a short handle in lower case')).brand<'UserId'>();
export type UserId = z.infer<typeof UserId>;

/** An organisation around a family: a school, a health provider, the council. */
export const OrganisationId = open(z.string().regex(slug, 'must be a short handle in lower case')).brand<'OrganisationId'>();
export type OrganisationId = z.infer<typeof OrganisationId>;

// 7f7c1c1e-5d0e-5b43-9a55-3f2d8f6f8a11. As bytes, because its text would be checked and read twice for every id.
const derivation = Uint8Array.of(0x7f, 0x7c, 0x1c, 0x1e, 0x5d, 0x0e, 0x5b, 0x43, 0x9a, 0x55, 0x3f, 0x2d, 0x8f, 0x6f, 0x8a, 0x11);
const utf8 = new TextEncoder();

/**
 * An identifier that follows from others, so that whatever is done twice gets the same one.
 * A name-based UUID (version 5, RFC 9562) over the parts.
 */
export const derivedId = (...parts: readonly string[]): Uuid => nameBased(utf8.encode(parts.join('\u001f')), derivation) as Uuid;
