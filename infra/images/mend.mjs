// One place in the source of a tool, changed before the tool is built.

/**
 * @param {string} text of the file
 * @param {{ file: string, from: string, to: string }} edit
 * @throws Error unless the place is there once: a later version may do something else there
 */
export const mendedText = (text, { file, from, to }) => {
  const parts = text.split(from);
  if (parts.length !== 2)
    throw new Error(`${file} is not as it was: what is to be mended there stands ${parts.length - 1} times, not once`);
  return parts.join(to);
};
