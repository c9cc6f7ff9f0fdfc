import { describe, expect, it } from '@jest/globals';
import { differences } from './chronologies.mjs';

const entry = (stream: string, version: number, changes: object = {}) => ({
  ...{
    stream,
    version,
    type: `planning.Step${version}.v1`,
    occurredAt: '2026-03-02T09:15:00.053Z',
    recordedAt: '2026-03-02T09:15:00.084Z',
  },
  ...{ who: { user: 'dana' }, purpose: 'early-help', policy: {}, late: false, why: null, byThePlatform: false },
  tells: 'The contact was acknowledged under the reference EH-36PNZKEQ.',
  ...changes,
});
const idA = 'b3cd7479-ae02-57c9-9cdb-9d0a2b5108ad';
const idB = '00000000-ae02-57c9-9cdb-9d0a2b5108ad';
const one = [entry(`planning.taf-${idA}`, 1), entry(`planning.plan-${idA}`, 1), entry(`planning.taf-${idA}`, 2)];

describe('two chronologies', () => {
  it('are the same whatever their ids and references are, and whichever stream came first', () => {
    const other = [
      entry(`planning.plan-${idB}`, 1, { tells: 'The contact was acknowledged under the reference EH-ZZZZZZZZ.' }),
      entry(`planning.taf-${idB}`, 1, { recordedAt: '2026-03-02T09:15:31.000Z' }),
      entry(`planning.taf-${idB}`, 2),
    ];
    expect(differences(one, other)).toEqual([]);
  });

  it('are the same where the platform did several things at once in another order, and people did not', () => {
    const [missed, prompted] = [{ type: 'planning.DeadlineMissed.v1' }, { type: 'planning.OwnerPrompted.v1' }];
    const by = (user: string, ...steps: readonly object[]) =>
      steps.map((step, index) => entry(`planning.plan-${idA}`, index + 1, { who: { user }, ...step }));
    expect(differences(by('waymark', missed, prompted), by('waymark', prompted, missed))).toEqual([]);
    expect(differences(by('dana', missed, prompted), by('dana', prompted, missed))).not.toEqual([]);
    expect(differences(by('waymark', missed, prompted), by('waymark', prompted, prompted))).not.toEqual([]);
  });

  it.each<[string, readonly object[]]>([
    ['an entry is missing', one.slice(0, 2)],
    ['an entry is there twice', [...one, entry(`planning.taf-${idA}`, 3)]],
    ['a word is another', [...one.slice(0, 2), entry(`planning.taf-${idA}`, 2, { tells: 'Something else.' })]],
    ['somebody else did it', [...one.slice(0, 2), entry(`planning.taf-${idA}`, 2, { who: { user: 'vera' } })]],
    ['it was recorded at another time', [...one.slice(0, 2), entry(`planning.taf-${idA}`, 2, { recordedAt: '2026-03-02T09:20:00.000Z' })]],
  ])('differ where %s', (_, other) => {
    expect(differences(one, other).length).toBeGreaterThan(0);
  });

  it('are told apart by the entries that differ, and by nothing else', () => {
    const [told, ...more] = differences(one, [...one.slice(0, 2), entry(`planning.taf-${idA}`, 2, { who: { user: 'vera' } })]);
    expect(told).toMatch(/^planning\.taf-…: only in the first: \{[^]*"user": "dana"/);
    expect(more).toEqual([expect.stringMatching(/^planning\.taf-…: only in the second: \{[^]*"user": "vera"/)]);
    expect(differences(one, [one[2]!, one[1]!, one[0]!])).toEqual([expect.stringContaining('planning.taf-…: in another order')]);
    expect(differences(one, one.slice(1, 2))).toHaveLength(2);
    expect(differences(one.slice(1, 2), one)).toHaveLength(2);
  });
});
