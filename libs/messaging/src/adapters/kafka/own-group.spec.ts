import { beforeEach, describe, expect, it } from '@jest/globals';
import { placeName } from '../../places.js';
import type { CommittedOffsets } from '../../offsets.js';
import { OwnGroup } from './own-group.js';

const topic = 'earlyhelp.planning.events.v1';
const places = [0, 1].map((partition) => placeName(topic, partition));
const [first = '', second = ''] = places;

describe('the members of a group in this process', () => {
  let asked: number;
  let brokers: CommittedOffsets;
  let group: OwnGroup;
  const [one, two] = [{}, {}];
  const taken = async () => Object.fromEntries(await group.taken(places));
  beforeEach(() => {
    [asked, brokers] = [0, new Map([[first, 3]])];
    group = new OwnGroup(async () => ((asked += 1), brokers));
  });

  it('know how far it is while they have every partition, having asked once', async () => {
    group.assigned(one, { [topic]: [0] });
    group.assigned(two, { [topic]: [1] });
    expect(await taken()).toEqual({ [first]: 3 });
    group.hasCommitted(topic, 0, 5);
    group.hasCommitted(topic, 1, 2);
    expect(await taken()).toEqual({ [first]: 5, [second]: 2 });
    expect(asked).toBe(1);
  });

  it('ask each time while another process has a part, or none is given out', async () => {
    expect(await taken()).toEqual({ [first]: 3 });
    group.assigned(one, { [topic]: [0] });
    group.hasCommitted(topic, 0, 5);
    brokers = new Map([...brokers, [second, 9]]);
    expect(await taken()).toEqual({ [first]: 3, [second]: 9 });
    expect(asked).toBe(2);
    expect(Object.fromEntries(await group.taken([]))).toEqual({ [first]: 3, [second]: 9 });
    expect(asked).toBe(3);
  });

  it('ask anew when it was shared out anew: others may have committed in between', async () => {
    group.assigned(one, { [topic]: [0, 1] });
    group.hasCommitted(topic, 0, 5);
    await taken();
    group.assigned(one, { [topic]: [0] });
    brokers = new Map([
      [first, 5],
      [second, 8],
    ]);
    expect(await taken()).toEqual({ [first]: 5, [second]: 8 });
    group.assigned(one, { [topic]: [0, 1] });
    expect(await taken()).toEqual({ [first]: 5, [second]: 8 });
    await taken();
    expect(asked).toBe(3);
    group.left(one);
    await taken();
    expect(asked).toBe(4);
  });

  it('believe the brokers over what they committed before: a group may be set back while nobody is in it', async () => {
    group.assigned(one, { [topic]: [0, 1] });
    group.hasCommitted(topic, 0, 9);
    group.left(one);
    group.assigned(two, { [topic]: [0, 1] });
    expect(await taken()).toEqual({ [first]: 3 });
  });

  it('ask again after the brokers did not answer', async () => {
    let fails = true;
    group = new OwnGroup(async () => {
      if (fails) throw new Error('away');
      return brokers;
    });
    group.assigned(one, { [topic]: [0, 1] });
    await expect(taken()).rejects.toThrow('away');
    fails = false;
    expect(await taken()).toEqual({ [first]: 3 });
  });
});
