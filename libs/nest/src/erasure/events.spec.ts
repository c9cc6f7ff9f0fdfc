import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { exampleOf } from '@waymark/kernel';
import { goldenFilesStillLoad } from '@waymark/testing';
import { erasureEvents } from './erasure.js';
import { ErasedCaseCounted, statisticEvents } from './statistic.js';

goldenFilesStillLoad(join(import.meta.dirname, '../..', 'golden'), [...erasureEvents, ...statisticEvents]);

describe('B3 what is counted of an erased case', () => {
  const whole = exampleOf(ErasedCaseCounted) as object;
  it.each(['00000000-0000-4000-8000-000000000001', '2026-03-02', 'Amir Haddad', 'a1b2'])('takes no %s for a code', (text) => {
    for (const field of ['outcome', 'closedBecause'])
      expect(ErasedCaseCounted.schema.safeParse({ ...whole, [field]: text }).success).toBe(false);
  });

  it('takes the codes that are counted', () => {
    expect(ErasedCaseCounted.schema.safeParse({ ...whole, outcome: 'no-further-action', closedBecause: 'step-up' }).success).toBe(true);
  });
});
