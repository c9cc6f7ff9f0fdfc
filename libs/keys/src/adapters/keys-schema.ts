import { KeysUnusable } from '../key-store.js';
import type { WrappedKey } from './wrapping.js';

export const applicationId = 0x574d6b79; // 'WMky'
/**
 * 1: one key a subject, one master key for good. 2: both have generations, and that a key was destroyed is under seal too. 3: how many rows there are is
 * noted, so that one which is gone is missed.
 */
export const layout = 3;

const counted = 'CREATE TABLE counted (keys INTEGER NOT NULL) STRICT; INSERT INTO counted SELECT count(*) FROM keys;';

export const tables = `
  CREATE TABLE meta (id TEXT NOT NULL) STRICT;
  CREATE TABLE masters (generation INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL, proof BLOB NOT NULL) STRICT;
  CREATE TABLE keys (
    subject TEXT NOT NULL, generation INTEGER NOT NULL, master INTEGER NOT NULL, wrapped BLOB NOT NULL,
    PRIMARY KEY (subject, generation)
  ) STRICT, WITHOUT ROWID;
  ${counted}
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${layout};`;

/** Takes a file of layout 2 forward, in one transaction. */
export const countRows = `BEGIN EXCLUSIVE; ${counted} PRAGMA user_version = ${layout}; COMMIT`;

/** Within the transaction that adds or removes rows. */
export const countChange = 'UPDATE counted SET keys = keys + ?';

/** Named as they are here: a damaged description of the table may name them otherwise. */
export const keyColumns = 'subject AS subject, generation AS generation, master AS master, wrapped AS wrapped';

export const damagedKey = (path: string, { subject }: Pick<WrappedKey, 'subject'>): KeysUnusable =>
  new KeysUnusable(`${path} is damaged: the key of subject ${printable(subject)} does not open. Put the file back from its backup.`);

/** A damaged subject may be anything. */
const printable = (subject: string): string => subject.replace(/[^\w:.-]/g, '?').slice(0, 60);
