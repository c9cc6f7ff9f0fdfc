import { findMongo, newDatabase } from '@waymark/mongo/testing';
import { engineSuite } from '@waymark/testing';
import { expect, it } from '@jest/globals';
import { leasesSuite } from '../conformance/leases.suite.js';
import { LeasesUnavailable } from '../leases.js';
import { mongoLeases } from './mongodb.js';

await engineSuite('MongoDB', findMongo, (server) => {
  leasesSuite('MongoDB', async () => {
    const database = await newDatabase(server);
    let nowMs = 0;
    const open = async () => mongoLeases({ connection: await database.connect(), monotonicMs: () => nowMs });
    return { open, beside: { open, pass: (ms) => void (nowMs += ms) }, cleanUp: () => database.drop() };
  });

  it('leases say that they are unavailable when the database is away or they are closed', async () => {
    const database = await newDatabase(server);
    const connection = await database.connect();
    const leases = mongoLeases({ connection, monotonicMs: () => 0 });
    expect(await leases.take('planning.reactions', 'one', 1)).toBe(true);
    await connection.close();
    await expect(leases.take('planning.reactions', 'one', 1)).rejects.toThrow(LeasesUnavailable);
    await leases.close();
    await expect(leases.release('planning.reactions', 'one')).rejects.toThrow('closed');
    await database.drop();
  });
});
