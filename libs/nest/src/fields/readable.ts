// What a text may hold, as parts of a character class of ECMAScript and JSON Schema alike. No half characters are named here: no pattern of JSON Schema can.

/** Takes room and shows nothing. The joiners stay: names in Persian and Sinhala, and emoji of families, are spelt with them. */
const blank = String.raw` \u00a0\u115f\u1160\u1680\u2000-\u200a\u200c\u200d\u202f\u205f\u2800\u3000\u3164\uffa0`;
/** Shows nothing at all: soft hyphens, marks of direction, spaces without width. Pasted along with text from elsewhere. */
const hidden = String.raw`\u00ad\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\ufeff`;
/** Turns what follows round, so that a reader sees another order of letters than what is kept. */
const turning = String.raw`\u202a-\u202e\u2066-\u206f`;
const breaks = String.raw`\u2028\u2029`;

const textOf = (spaces: string, never: string): string => `^[${spaces}]*[^${spaces}${never}][^${never}]*$`;

/** A name or a line: something to be seen, and nothing that cannot be. */
export const shortTextPattern = textOf(blank, String.raw`\u0000-\u001f\u007f-\u009f` + hidden + breaks + turning);
/** Free text: something to be seen, in the order in which it is kept. */
export const longTextPattern = textOf(
  String.raw`${blank}\t\n\r` + hidden + breaks,
  String.raw`\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f` + turning,
);

const shortText = new RegExp(shortTextPattern, 'u');
const longText = new RegExp(longTextPattern, 'u');

export const isReadableLine = (value: string): boolean => shortText.test(value);
export const isReadableStory = (value: string): boolean => longText.test(value);
