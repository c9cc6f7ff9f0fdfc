import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { Partitioners } from 'kafkajs';
import { partitionOfKey } from './partitioner.js';

describe('the partition of a key', () => {
  const theirs = Partitioners.DefaultPartitioner();
  const metadataOf = (partitions: number) =>
    Array.from({ length: partitions }, (_, partitionId) => ({ partitionId, leader: 1 })) as unknown as Parameters<
      typeof theirs
    >[0]['partitionMetadata'];

  it('is the one that Kafka’s own clients choose', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.integer({ min: 1, max: 64 }), (key, partitions) => {
        const message = { key, value: '' };
        expect(partitionOfKey(key, partitions)).toBe(theirs({ topic: 't', partitionMetadata: metadataOf(partitions), message }));
      }),
    );
  });
});
