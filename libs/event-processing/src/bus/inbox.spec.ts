import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Delivery } from '@waymark/messaging';
import { MemoryReadModelStore } from '@waymark/read-model';
import { derivedId } from '@waymark/kernel';
import { at, caseOf, counted } from '../../test/events.js';
import { Inbox } from './inbox.js';

const delivery = (name: string, place: number, source = '/services/planning'): Delivery => ({
  topic: counted.topic,
  offset: `0:${String(place).padStart(16, '0')}`,
  message: {
    ...{ id: derivedId(name, String(place)), type: counted.type, source, time: at, key: caseOf(name) },
    ...{ position: String(place).padStart(16, '0'), correlationId: derivedId(name), data: { n: place } },
  },
});

/** All that the bus brings, from the first day on. */
const types = { since: () => '', isUntyped: () => false };

describe('an inbox', () => {
  let store: MemoryReadModelStore;
  let inbox: Inbox;
  const placesOf = (deliveries: readonly Delivery[]) => deliveries.map(({ message }) => Number(message.position));
  const fresh = async (...deliveries: readonly Delivery[]) => placesOf(await inbox.fresh(deliveries));
  const take = async (by: Inbox, ...deliveries: readonly Delivery[]) => {
    const noted = by.note(deliveries);
    await store.write({ changes: by.marks(noted) });
    by.written(noted);
  };

  beforeEach(async () => {
    store = new MemoryReadModelStore();
    inbox = new Inbox('reporting.copy', store, types);
    await inbox.declare();
  });

  it('lets nothing through twice, neither within a batch nor after it, and tells cases and sources apart', async () => {
    expect(await fresh(delivery('a', 1), delivery('b', 2), delivery('a', 1), delivery('a', 3))).toEqual([1, 2, 3]);
    await take(inbox, delivery('a', 1), delivery('b', 2), delivery('a', 3));
    expect(await fresh(delivery('a', 3), delivery('b', 2), delivery('a', 4))).toEqual([4]);
    expect(await fresh(delivery('a', 2), delivery('c', 2), delivery('a', 2, '/services/referral'))).toEqual([2, 2]);
  });

  it('takes what was noted for taken only once it is written', async () => {
    await inbox.fresh([delivery('a', 1)]);
    inbox.marks(inbox.note([delivery('a', 1)]));
    expect(await fresh(delivery('a', 1))).toEqual([1]);
  });

  it('asks the store once for each case, and anew when somebody else may have taken messages', async () => {
    const asked = jest.spyOn(store, 'getMany');
    await take(inbox, ...(await inbox.fresh([delivery('a', 1), delivery('b', 2)])));
    await inbox.fresh([delivery('a', 3)]);
    expect(asked.mock.calls.map(([, ids]) => ids.length)).toEqual([2]);
    await inbox.fresh([delivery('a', 3), delivery('c', 4)]);
    expect(asked.mock.calls.map(([, ids]) => ids.length)).toEqual([2, 1]);
    await take(new Inbox('reporting.copy', store, types), delivery('a', 5));
    expect(await fresh(delivery('a', 5))).toEqual([5]);
    inbox.forget();
    expect(await fresh(delivery('a', 5))).toEqual([]);
  });

  describe('that knows where the record ended when the partition came to it', () => {
    const at = (place: number) => String(place).padStart(16, '0');

    it('looks nothing up that was recorded later, and all that was there', async () => {
      await take(new Inbox('reporting.copy', store, types), delivery('a', 3));
      const asked = jest.spyOn(store, 'getMany');
      inbox.begin(at(5));
      expect(await fresh(delivery('b', 6), delivery('a', 7), delivery('a', 7))).toEqual([6, 7]);
      expect(asked).not.toHaveBeenCalled();
      expect(await fresh(delivery('a', 3), delivery('c', 5))).toEqual([5]);
      expect(asked.mock.calls.map(([, ids]) => ids.length)).toEqual([2]);
    });

    it('looks up what is of another source than the topic, whose positions may be others', async () => {
      const stranger = [delivery('a', 7, '/systems/stranger'), delivery('a', 7, '/services/referral')];
      await take(new Inbox('reporting.copy', store, types), ...stranger);
      inbox.begin(at(5));
      expect(await fresh(...stranger)).toEqual([]);
    });

    it('lets nothing of it through twice, also when it keeps no more places in mind', async () => {
      inbox.begin('start');
      const first = delivery('first', 1);
      await take(inbox, ...(await inbox.fresh([first])));
      const many = Array.from({ length: 5_001 }, (_, n) => delivery(`case ${n}`, n + 2));
      await take(inbox, ...(await inbox.fresh(many)));
      expect(await fresh(first, many[17]!, delivery('later', 9_000))).toEqual([9_000]);
    });

    it('looks everything up again once somebody else may have taken messages', async () => {
      inbox.begin(at(5));
      await take(new Inbox('reporting.copy', store, types), delivery('a', 7));
      inbox.forget();
      expect(await fresh(delivery('a', 7))).toEqual([]);
    });
  });
});
