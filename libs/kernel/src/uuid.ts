/** Which characters may stand at each kind of place of a UUID: any digit, the version's, the variant's, a hyphen. */
const kinds = { x: '0123456789abcdef', V: '12345678', N: '89ab', '-': '-' } as const;
type Kind = keyof typeof kinds;

const bitOf: Readonly<Record<Kind, number>> = { x: 1, V: 2, N: 4, '-': 8 };

/** For each character of ASCII the kinds of place where it may stand. */
const standsAt = new Uint8Array(128);
for (const [kind, characters] of Object.entries(kinds) as [Kind, string][])
  for (const character of characters) standsAt[character.charCodeAt(0)]! |= bitOf[kind];

const form = Uint8Array.from('xxxxxxxx-xxxx-Vxxx-Nxxx-xxxxxxxxxxxx', (kind) => bitOf[kind as Kind]);

/**
 * Whether a value is a UUID of RFC 9562, versions 1 to 8, in lower case. By one look at each character, which takes a third of what a pattern does: every
 * event and message has half a dozen of them.
 */
export const isUuid = (value: unknown): value is string => {
  if (typeof value !== 'string' || value.length !== form.length) return false;
  for (let at = 0; at < form.length; at += 1) if (((standsAt[value.charCodeAt(at)] ?? 0) & form[at]!) === 0) return false;
  return true;
};
