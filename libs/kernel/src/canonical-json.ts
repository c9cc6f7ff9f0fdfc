/**
 * The one text of a JSON value, as RFC 8785 (JSON Canonicalization Scheme) has it: no white space, the members of an object in the order of
 * their names' UTF-16 units. Members that are undefined are left out, as JSON does. For data as JSON holds it: finite numbers, no halves of characters.
 */
export const canonicalJson = (value: unknown): string => {
  // JavaScript writes texts and numbers as the RFC asks; it took its rules from there.
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((element) => canonicalJson(element ?? null)).join(',')}]`;
  const object = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(object)
    .filter((name) => object[name] !== undefined)
    .sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalJson(object[name])}`).join(',')}}`;
};
