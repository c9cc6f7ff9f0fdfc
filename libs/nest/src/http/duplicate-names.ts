const quote = 0x22;
const backslash = 0x5c;
const opens = new Set([0x7b, 0x5b]);
const closes = new Set([0x7d, 0x5d]);
const brace = 0x7b;
const colon = 0x3a;

/**
 * The first name that an object of a JSON text gives twice, as a path (`child.name`); undefined where every name stands once.
 * JSON.parse takes the last of them without a word, so that what a person read in the text is not what would be recorded.
 * @param text parsed before: what is no JSON is not looked at here
 */
// eslint-disable-next-line complexity -- branches of one decision that are read together
export const duplicateName = (text: string): readonly string[] | undefined => {
  /** The objects and lists around: the names of an object so far, undefined for a list. */
  const around: (Set<string> | undefined)[] = [];
  const path: string[] = [];
  let name = '';
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      const end = endOfString(text, at);
      name = text.slice(at, end + 1);
      at = end;
    } else if (code === colon) {
      const plain = JSON.parse(name) as string;
      const names = around.at(-1);
      path[around.length - 1] = plain;
      if (names?.has(plain)) return path.slice(0, around.length);
      names?.add(plain);
    } else if (opens.has(code)) {
      path[around.length] = '';
      around.push(code === brace ? new Set() : undefined);
    } else if (closes.has(code)) {
      around.pop();
    }
  }
  return undefined;
};

const endOfString = (text: string, start: number): number => {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
};

const isEscaped = (text: string, at: number): boolean => {
  let before = at - 1;
  while (text.charCodeAt(before) === backslash) before -= 1;
  return (at - before) % 2 === 0;
};
