import { describe, expect, it } from '@jest/globals';
import { endsOf } from './publisher.js';

describe('where published messages end', () => {
  const to = (topic: string, ...partitions: readonly number[]) => ({
    topic,
    messages: partitions.map((partition) => ({ key: 'a', value: '{}', partition })),
  });
  const told = (topicName: string, partition: number, baseOffset?: string) => ({
    ...{ topicName, partition, errorCode: 0 },
    ...(baseOffset === undefined ? {} : { baseOffset }),
  });

  it('is behind all that went to a partition in the request, whoever sent it', () => {
    const parcels = [to('planning', 0, 0, 1), to('referral', 0), to('planning', 0)];
    const reported = [told('planning', 0, '40'), told('planning', 1, '7'), told('referral', 0, '0')];
    expect(Object.fromEntries(endsOf(parcels, reported))).toEqual({ 'planning 0': 43, 'planning 1': 8, 'referral 0': 1 });
  });

  it('is left out where the brokers do not say where the messages lie', () => {
    const parcels = [to('planning', 0, 1, 2)];
    const reported = [told('planning', 0, '-1'), told('planning', 1), told('planning', 2, '5')];
    expect(Object.fromEntries(endsOf(parcels, reported))).toEqual({ 'planning 2': 6 });
  });
});
