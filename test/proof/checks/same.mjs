// Whether two things are the same, and which documents of a collection are not.
export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export const compare = (name, serving, rebuilt) => {
  const faults = [];
  for (const [id, document] of rebuilt)
    if (!sameDocument(serving.get(id), document)) faults.push(`${name}: ${id} is not what the log says`);
  for (const id of serving.keys()) if (!rebuilt.has(id)) faults.push(`${name}: ${id} is there, and the log knows nothing of it`);
  return faults;
};
const sorted = (value) =>
  Array.isArray(value)
    ? value.map(sorted)
    : value && typeof value === 'object'
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((key) => [key, sorted(value[key])]),
        )
      : value;
const sameDocument = (one, other) => one !== undefined && same(sorted(one), sorted(other));
