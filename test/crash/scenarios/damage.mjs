// Files that are not what they were.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from './process.mjs';

/** In an event that lies in the middle: a page has room between its rows too, and bytes there are nobody's. */
export const flipInTheMiddle = (file) => {
  const bytes = readFileSync(file);
  const at = bytes.indexOf('"$sealed"', Math.floor(bytes.length / 2));
  expect(at > 0, 'the second half of the file holds no event');
  for (let place = at; place < at + 8; place += 1) bytes[place] ^= 0xff;
  writeFileSync(file, bytes);
};

/** A whole master key, of another installation. */
export const otherMasterKey = () => {
  const bytes = Buffer.alloc(32, 7);
  const heading = 'waymark master key 1';
  const fingerprint = createHash('sha256').update(`${heading}\n`).update(bytes).digest('hex').slice(0, 16);
  return `${heading}\n${bytes.toString('base64')}\nfingerprint ${fingerprint}\n`;
};
