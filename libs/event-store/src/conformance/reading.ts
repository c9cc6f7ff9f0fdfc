import { expect, it } from '@jest/globals';
import type { NonEmpty } from '@waymark/kernel';
import type { After, Filter, Position, SealedEvent } from '../event-log.js';
import type { Bench } from './event-log.suite.js';
import { amirsCase, collect, commandId, consentA, contactA, contactB, event, everything, mayasCase, streamOf } from './samples.js';

const many = (count: number): NonEmpty<SealedEvent> => [event(), ...Array.from({ length: count - 1 }, () => event())];

export const reading = (bench: () => Bench): void => {
  const threeStreams = async () => {
    const { log } = bench();
    await log.append(contactA, 'none', [event('referral.ContactReceived.v1')], commandId());
    await log.append(contactB, 'none', [event('referral.ContactReceived.v1', { caseId: mayasCase })], commandId());
    await log.append(consentA, 'none', [event('assessment.ConsentGiven.v1'), event('assessment.ConsentWithdrawn.v1')], commandId());
    await log.append(contactA, 1, [event('referral.ContactTriaged.v1'), event('referral.EnquiryOpened.v1', { caseId: null })], commandId());
    return log;
  };

  it('gives no page for a stream that is not there', async () => {
    expect(await streamOf(bench().log, contactA)).toEqual([]);
  });

  it('numbers a stream densely from 1, over many pages', async () => {
    const { log } = bench();
    await log.append(contactA, 'none', many(700), commandId());
    const versions = (await streamOf(log, contactA)).map(({ version }) => version);
    expect(versions).toEqual(Array.from({ length: 700 }, (_, index) => index + 1));
  });

  it.each([
    [{ from: 3 }, [3, 4, 5]],
    [{ to: 2 }, [1, 2]],
    [{ from: 2, to: 4 }, [2, 3, 4]],
    [{ from: 6 }, []],
    [{ from: 4, to: 99 }, [4, 5]],
  ])('reads the versions of %j, both ends included', async (range, versions) => {
    const { log } = bench();
    await log.append(contactA, 'none', many(5), commandId());
    expect((await streamOf(log, contactA, range)).map(({ version }) => version)).toEqual(versions);
  });

  it('gives everything in one order, in which positions grow as plain text', async () => {
    const log = await threeStreams();
    const all = await everything(log);
    expect(all.map(({ stream, version }) => [stream, version])).toEqual([
      [contactA, 1],
      [contactB, 1],
      [consentA, 1],
      [consentA, 2],
      [contactA, 2],
      [contactA, 3],
    ]);
    const positions = all.map(({ position }) => position);
    expect([...positions].sort()).toEqual(positions);
    expect(new Set(positions).size).toBe(6);
    expect(await log.head()).toBe(positions.at(-1));
  });

  it('keeps the order of positions as text past every power of ten', async () => {
    const { log } = bench();
    await log.append(contactA, 'none', many(120), commandId());
    const positions = (await everything(log)).map(({ position }) => position);
    expect([...positions].sort()).toEqual(positions);
  });

  it('goes on from any position, which it leaves out', async () => {
    const log = await threeStreams();
    const all = await everything(log);
    for (const [index, { position }] of all.entries()) expect(await collect(log.readAll(position))).toEqual(all.slice(index + 1));
  });

  it('gives the same events in pages of any size, and no more than the limit', async () => {
    const log = await threeStreams();
    const all = await everything(log);
    for (const pageSize of [1, 2, 4, 6, 7]) {
      expect(await collect(log.readAll('start', { pageSize }))).toEqual(all);
      expect(await collect(log.readAll('start', { pageSize, limit: 3 }))).toEqual(all.slice(0, 3));
    }
    for await (const page of log.readAll('start', { pageSize: 4 })) expect(page.length).toBeLessThanOrEqual(4);
  });

  it.each<[Filter, number[]]>([
    [{ typePrefixes: ['referral.'] }, [0, 1, 4, 5]],
    [{ typePrefixes: ['assessment.ConsentGiven', 'referral.Enquiry'] }, [2, 5]],
    [{ typePrefixes: ['planning.'] }, []],
    [{ typePrefixes: [] }, []],
    [{ streamPrefixes: ['referral.contact-'] }, [0, 1, 4, 5]],
    [{ streamPrefixes: [consentA, contactB] }, [1, 2, 3]],
    [{ streamPrefixes: ['planning.'] }, []],
    [{ caseId: amirsCase }, [0, 2, 3, 4]],
    [{ caseId: mayasCase }, [1]],
    [{ caseId: amirsCase, typePrefixes: ['referral.'] }, [0, 4]],
    [{ caseId: amirsCase, streamPrefixes: ['assessment.'], typePrefixes: ['assessment.ConsentW', 'referral.'] }, [3]],
    [{}, [0, 1, 2, 3, 4, 5]],
  ])('lets through what the filter %j says', async (filter, indexes) => {
    const log = await threeStreams();
    const all = await everything(log);
    for (const pageSize of [1, 100])
      expect(await collect(log.readAll('start', { filter, pageSize }))).toEqual(indexes.map((index) => all[index]));
  });

  it('takes a prefix literally, without wildcards', async () => {
    const log = await threeStreams();
    for (const odd of ['referral%', 'referral_', 'REFERRAL', '*'])
      expect(await collect(log.readAll('start', { filter: { typePrefixes: [odd], streamPrefixes: [odd] } }))).toEqual([]);
  });

  it('is empty after the head, and starts empty', async () => {
    const { log } = bench();
    expect(await everything(log)).toEqual([]);
    expect(await log.head()).toBe('start');
    await log.append(contactA, 'none', [event()], commandId());
    expect(await collect(log.readAll(await log.head()))).toEqual([]);
  });

  it('shows a reader between two pages what is appended meanwhile, and never an earlier position', async () => {
    const { log } = bench();
    await log.append(contactA, 'none', many(4), commandId());
    const seen: After[] = ['' as Position];
    for await (const page of log.readAll('start', { pageSize: 2 })) {
      if (seen.length === 1) await log.append(contactB, 'none', [event()], commandId());
      for (const { position } of page) {
        expect(position > seen.at(-1)!).toBe(true);
        seen.push(position);
      }
    }
    expect(seen).toHaveLength(6);
  });
};
