import { derivedId, type Uuid } from '@waymark/kernel';

// Crockford's alphabet: no letter that is taken for a digit when it is read out over the telephone.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What the maker of a contact may quote: `EH-` and eight characters (40 bits) that follow from the contact's id. Tells nothing. */
export const referenceOf = (contactId: Uuid): string => {
  const bits = Number.parseInt(derivedId('contact-reference', contactId).replaceAll('-', '').slice(0, 10), 16);
  const digits = bits.toString(32).padStart(8, '0');
  return `EH-${[...digits].map((digit) => alphabet[Number.parseInt(digit, 32)]).join('')}`;
};
