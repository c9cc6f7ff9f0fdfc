/** Longer beginnings than this are not told apart; names are shorter. */
const longest = 24;
const mostWords = 8;

/** Lower case, without accents, split at whatever is neither letter nor digit: "Zoë O’Neill-Ray" as zoe, o, neill, ray. */
export const wordsIn = (text: string): readonly string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => [...word].slice(0, longest).join(''));

/** Every beginning of every word, so that a search by prefix is a look into an index. */
export const searchWords = (texts: readonly string[]): readonly string[] => {
  const words = texts.flatMap((text) => wordsIn(text));
  return [...new Set(words.flatMap((word) => [...word].map((_, index, letters) => letters.slice(0, index + 1).join(''))))].toSorted();
};

/** What has to be found, all of it; undefined where the text holds no word, or absurdly many. */
export const searchFor = (text: string): readonly string[] | undefined => {
  const words = [...new Set(wordsIn(text))];
  return words.length === 0 || words.length > mostWords ? undefined : words;
};
