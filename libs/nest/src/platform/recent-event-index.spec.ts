import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { After, CaughtUp, EventStore, Position, Recorded } from '@waymark/event-store';
import { RecentEventIndex } from './recent-event-index.js';

const at = (place: number) => String(place).padStart(4, '0') as Position;
const event = (place: number, service = 'referral') => ({ position: at(place), stream: `${service}.contact-1` }) as unknown as Recorded;
const caughtUp = (place: number): CaughtUp => ({ caughtUp: true, position: at(place) });

/** A record that says what the test has it say. */
class Told implements Pick<EventStore, 'head' | 'subscribe'> {
  asked: After[] = [];
  private say: ((entry: readonly Recorded[] | CaughtUp | Error) => void) | undefined;

  async head(): Promise<After> {
    return at(5);
  }

  async *subscribe(after: After, _: unknown, signal: AbortSignal): AsyncGenerator<readonly Recorded[] | CaughtUp> {
    this.asked.push(after);
    const ended = new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined)));
    while (!signal.aborted) {
      const entry = await Promise.race([ended, new Promise<readonly Recorded[] | CaughtUp | Error>((resolve) => (this.say = resolve))]);
      if (entry instanceof Error) throw entry;
      if (entry) yield entry;
    }
  }

  async says(...entries: readonly (readonly Recorded[] | CaughtUp | Error)[]): Promise<void> {
    for (const entry of entries) {
      while (!this.say) await new Promise((resolve) => setTimeout(resolve, 1));
      const { say } = this;
      this.say = undefined;
      say(entry);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

describe('a record that is followed for what others owe', () => {
  let store: Told;
  let followed: RecentEventIndex;
  beforeEach(() => {
    store = new Told();
    followed = new RecentEventIndex({ store, services: ['referral', 'planning'], mostKept: 3 });
  });
  afterEach(() => followed.stop());

  it('notes where the events of each service lie, from where the record ended when it began', async () => {
    expect(followed.from).toBeUndefined();
    await Promise.all([followed.follow(), followed.follow()]);
    expect([followed.from, followed.seen, store.asked]).toEqual([at(5), at(5), [at(5)]]);
    await store.says([event(6), event(8, 'planning')], [event(9)], caughtUp(12));
    expect(followed.seen).toBe(at(12));
    expect(followed.firstAfter('referral', at(5))).toBe(at(6));
    expect(followed.firstAfter('referral', at(6))).toBe(at(9));
    expect(followed.firstAfter('referral', at(9))).toBeUndefined();
    expect(followed.firstAfter('planning', at(5))).toBe(at(8));
  });

  it('forgets rather than keep ever more of a service that is away, and begins anew', async () => {
    await followed.follow();
    await store.says([event(6), event(7), event(8)]);
    expect(followed.from).toBe(at(5));
    await store.says([event(9)], [event(10)]);
    expect([followed.from, followed.seen]).toEqual([at(9), at(10)]);
    expect(followed.firstAfter('referral', at(9))).toBe(at(10));
  });

  it('goes on where it was after the record could not be read', async () => {
    await followed.follow();
    await store.says([event(6)], new Error('away'), [event(7)]);
    expect(store.asked).toEqual([at(5), at(6)]);
    expect([followed.firstAfter('referral', at(6)), followed.seen]).toEqual([at(7), at(7)]);
  });

  it('follows nothing where there is nobody else', async () => {
    const alone = new RecentEventIndex({ store, services: [] });
    await alone.follow();
    expect([alone.from, store.asked]).toEqual([undefined, []]);
    await alone.stop();
  });
});
