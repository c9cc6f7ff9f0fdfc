import type { KeyObject } from 'node:crypto';
import { databaseOf } from '@waymark/mongo';
import type { Connection, mongo } from 'mongoose';
import type { RandomBytes } from '../key-store.js';
import { unwrap, wrap } from './wrapping.js';

/** A master key as an operator gives it to a process. */
export interface GivenMasterKey {
  readonly key: KeyObject;
  readonly fingerprint: string;
}

/** A generation of the master key as the database remembers it: a known text under it proves that a given one is it. */
export interface MasterRow {
  readonly generation: number;
  readonly fingerprint: string;
  /** In base64. */
  readonly proof: string;
  /** Nothing is wrapped by it any more. */
  readonly retired?: true;
}

export interface KeySetRow {
  readonly _id: string;
  readonly layout: number;
  /** Names the set; the event store remembers it. */
  readonly set: string;
  /** The generation that wraps. */
  readonly newest: number;
  readonly masters: readonly MasterRow[];
  /** The layout that it is being taken forward from. */
  readonly from?: number;
}

export interface Opening {
  readonly connection: Connection;
  /** The one in force first, then those that may still be needed. */
  readonly given: readonly [GivenMasterKey, ...GivenMasterKey[]];
  readonly random: RandomBytes;
  readonly expectedId: string | undefined;
}

export const keySetId = 'keys';
/** 1: one key a subject, one master key for good. 2: both have generations, and that a key was destroyed is under seal too. */
export const layout = 2;
const proven = 'waymark keys';
const nameOf = (set: string, generation: number): string => JSON.stringify(['master key', set, generation]);

export const keySets = (connection: Connection): mongo.Collection<KeySetRow> => databaseOf(connection).collection<KeySetRow>('_waymark');

export const masterRow = (set: string, generation: number, { key, fingerprint }: GivenMasterKey, random: RandomBytes): MasterRow => ({
  ...{ generation, fingerprint },
  proof: wrap(key, random, nameOf(set, generation), Buffer.from(proven)).toString('base64'),
});

/** The one of the given master keys that a row is about. */
export const givenFor = (set: string, row: MasterRow, given: readonly GivenMasterKey[]): GivenMasterKey | undefined =>
  given.find(({ key }) => unwrap(key, nameOf(set, row.generation), Buffer.from(row.proof, 'base64'))?.toString() === proven);

/** What is said where a master key is needed that was not given. */
export const notGiven = (place: string, { fingerprint }: Pick<MasterRow, 'fingerprint'>, given: readonly GivenMasterKey[]): string => {
  if (given.some((one) => one.fingerprint === fingerprint))
    return `${place} is damaged: what it says of the master key with fingerprint ${fingerprint} does not hold. Restore _waymark from its backup.`;
  const those = given.map((one) => `fingerprint ${one.fingerprint}`).join(' and ');
  return `the master key given has ${those}, but the keys in ${place} were wrapped by the master key with fingerprint ${fingerprint}. Give that one, as the previous one where it is being replaced.`;
};
