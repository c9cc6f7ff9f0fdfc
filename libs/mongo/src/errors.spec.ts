import { describe, expect, it } from '@jest/globals';
import { isDuplicate, isUnavailable, kindOf } from './errors.js';

const bulk = (...codes: readonly number[]) => ({
  name: 'MongoBulkWriteError',
  code: codes[0],
  writeErrors: codes.map((code) => ({ code })),
});

describe('errors of the driver', () => {
  it.each([
    ['a lost connection', { name: 'MongoNetworkError' }],
    ['a bulk whose connection was lost', { name: 'MongoBulkWriteError', errorResponse: { name: 'MongoNetworkError' } }],
    ['no server in time', { name: 'MongoServerSelectionError' }],
    ['a server that is no primary any more', { name: 'MongoServerError', code: 10107 }],
    ['a majority that was not heard in time', { name: 'MongoWriteConcernError', code: 64 }],
    ['the same of a bulk', { ...bulk(11000), result: { getWriteConcernError: () => ({ code: 64 }) } }],
    ['a bulk that met a duplicate and a server that steps down', bulk(11000, 189)],
  ])('are told as unavailable: %s', (_, error) => {
    expect(isUnavailable(error)).toBe(true);
    expect(isDuplicate(error)).toBe(false);
  });

  it('are told as duplicates where nothing else went wrong', () => {
    expect(isDuplicate({ name: 'MongoServerError', code: 11000 })).toBe(true);
    expect(isDuplicate(bulk(11000, 11000))).toBe(true);
    expect(isDuplicate(bulk(11000, 121))).toBe(false);
    expect(isUnavailable(bulk(11000, 11000))).toBe(false);
    expect(isDuplicate(undefined)).toBe(false);
  });

  it('are named by their kind alone', () => {
    expect(kindOf(Object.assign(new Error('E11000 dup key: { _id: "Amir" }'), { name: 'MongoServerError', code: 11000 }))).toBe(
      'MongoServerError 11000',
    );
  });
});
