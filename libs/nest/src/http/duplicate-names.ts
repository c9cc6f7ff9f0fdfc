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
      path[around.length - 1] = plain;
      if (isRepeated(around.at(-1), plain)) return path.slice(0, around.length);
    } else if (opens.has(code)) {
      path[around.length] = '';
      around.push(namesIn(code));
    } else if (closes.has(code)) {
      around.pop();
    }
  }
  return undefined;
};

const namesIn = (opening: number): Set<string> | undefined => (opening === brace ? new Set() : undefined);

/** Whether the object has the name already; it has it from then on. */
const isRepeated = (names: Set<string> | undefined, name: string): boolean => {
  if (names?.has(name)) return true;
  names?.add(name);
  return false;
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
