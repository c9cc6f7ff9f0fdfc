import { randomBytes } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DESTROYED, type DataKey, type Destroyed, type KeyStore, type RandomBytes } from '../key-store.js';
import { openFileKeyStore } from './file.js';

// In memory where the machine has such a folder: thousands of small files are opened here.
const root = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'waymark-keys-'));
let folders = 0;
export const newFolder = (): string => join(root, `keys-${(folders += 1)}`);
export const removeFolders = (): void => rmSync(root, { recursive: true });

export const openIn = (folder: string, random: RandomBytes = randomBytes): KeyStore => openFileKeyStore({ folder, random });

/** The folder as a kill at this moment would leave it. */
export const killedNow = (folder: string): string => {
  const copy = newFolder();
  cpSync(folder, copy, { recursive: true });
  chmodSync(copy, 0o700);
  return copy;
};

/** Amir's key is in its second generation, Leila's was destroyed, Omar's is the first; Nobody never had one. */
export const subjects = ['amir', 'leila', 'omar', 'nobody'] as const;
export const fill = async (keys: KeyStore): Promise<void> => {
  await keys.provide(['amir', 'leila', 'omar']);
  await keys.replace('amir');
  await keys.destroy('leila');
};

type Answer = DataKey | Destroyed | undefined;
/** What a key store answers of everybody, to be compared. */
export const answersOf = async (keys: KeyStore): Promise<string> => {
  const told: string[] = [keys.id];
  for (const subject of subjects) for (const generation of [undefined, 1, 2]) told.push(textOf(await keys.find(subject, generation)));
  return told.join('\n');
};
const textOf = (key: Answer): string => {
  if (key === undefined) return 'none';
  return key === DESTROYED ? 'destroyed' : `${key.subject} ${key.generation} ${Buffer.from(key.bytes).toString('hex')}`;
};
