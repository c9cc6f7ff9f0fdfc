/** Codes and their words in plain English. Codes are stable for ever; words may be mended. */
export type CodedList = Readonly<Record<string, string>>;

/** Whether a list has a code. Safe for words that a user typed: `constructor` is in no list. */
export const isCoded = (list: Readonly<Record<string, unknown>>, code: string): boolean => Object.hasOwn(list, code);

/** The words of a code; the code itself, spelt out, where a list of another version had it. */
export const wordsOf = (list: CodedList, code: string): string => (isCoded(list, code) ? list[code] : undefined) ?? spelt(code);

/** A code without its list: `persistent-absence` reads "persistent absence". */
export const spelt = (code: string): string => code.replaceAll('-', ' ');
