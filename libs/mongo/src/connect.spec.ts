import { describe, expect, it } from '@jest/globals';
import { connectMongo, MongoUnreachable } from './connect.js';

const refusal = async (url: string): Promise<MongoUnreachable> => {
  const error: unknown = await connectMongo({ url, serverSelectionTimeoutMs: 200 }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(MongoUnreachable);
  return error as MongoUnreachable;
};
const everythingOf = (error: unknown): string => {
  const { message, stack, cause } = error as Error;
  return `${message} ${stack} ${cause ? everythingOf(cause) : ''}`;
};

describe('a database that cannot be used', () => {
  it('is named by its host, and by nothing of the user or the password', async () => {
    const error = await refusal('mongodb://amir:s3cret@127.0.0.1:1/waymark?authSource=admin');
    expect(error.reason).toBe('unreachable');
    expect(error.message).toContain('127.0.0.1:1 cannot be reached');
    expect(everythingOf(error)).not.toMatch(/amir|s3cret/);
  });

  it.each([
    ['a password with a stray sign', 'mongodb://amir:s3c/ret@127.0.0.1:1/waymark'],
    ['two at-signs', 'mongodb://amir:s3c@ret@127.0.0.1:1/waymark'],
    ['another protocol', 'postgres://amir:s3cret@127.0.0.1/waymark'],
    ['no address at all', ''],
    ['an unknown option', 'mongodb://amir:s3cret@127.0.0.1:1/waymark?nonsense=1'],
  ])('is told from an address that is not one: %s', async (_, url) => {
    const error = await refusal(url);
    expect(error.reason).toBe('address');
    expect(everythingOf(error)).not.toMatch(/amir|s3c/);
  });
});
