import fc from 'fast-check';
import { MemoryReadModelStore } from '@waymark/read-model';
import { fireBlindly, fireThrough, scheduler, set, SetClock, streamFor, type Scheduler } from './deadlines.js';
import { MemoryEvents } from './memory-events.js';

type Failing = 'no' | 'before' | 'after';
export type Step =
  | { readonly do: 'set'; readonly due: number; readonly remind: number | null }
  | { readonly do: 'move'; readonly minutes: number }
  | { readonly do: 'look'; readonly fail: Failing }
  | { readonly do: 'race' | 'restart' | 'lose-index' };

const minutes = fc.integer({ min: 1, max: 100 });
/** Deadlines set, clocks that jump either way, firings that are lost before or after they took effect, restarts, lost indexes, two timers at once. */
export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('set' as const), due: minutes, remind: fc.option(minutes) }),
    fc.record({ do: fc.constant('move' as const), minutes: fc.integer({ min: -120, max: 120 }) }),
    fc.record({ do: fc.constant('look' as const), fail: fc.constantFrom<Failing>('no', 'before', 'after') }),
    fc.record({ do: fc.constantFrom('race' as const, 'restart' as const, 'lose-index' as const) }),
  ),
  { maxLength: 25 },
);

export const shortTypes = (store: MemoryEvents, name: string) =>
  store
    .of(streamFor(name))
    .map(({ type }) => type.split('.')[1]?.replace('Deadline', ''))
    .slice(1);

class Player {
  private readonly store = new MemoryEvents();
  private readonly clock = new SetClock();
  private readonly wanted = new Map<string, string>();
  private readModel = new MemoryReadModelStore();
  private fail: Failing = 'no';
  private early = false;

  constructor(private readonly blindly: boolean) {}

  async play(script: readonly Step[]): Promise<string | undefined> {
    let one = await this.open();
    for (const step of script) one = await this.take(step, one);
    this.fail = 'no';
    this.clock.move(100_000);
    await one.look();
    await one.stop();
    if (this.early) return 'fired before its time';
    const wrong = [...this.wanted].find(([name, types]) => shortTypes(this.store, name).join() !== types);
    return wrong && `${wrong[0]}: ${shortTypes(this.store, wrong[0]).join()} instead of ${wrong[1]}`;
  }

  private async take(step: Step, one: Scheduler): Promise<Scheduler> {
    switch (step.do) {
      case 'set':
        await this.set(step.due, step.remind);
        return one;
      case 'move':
        this.clock.move(step.minutes);
        return one;
      case 'look':
        this.fail = step.fail;
        await one.look();
        return one;
      case 'race':
        await this.race(one);
        return one;
      default:
        await one.stop();
        if (step.do === 'lose-index') this.readModel = new MemoryReadModelStore();
        return this.open();
    }
  }

  private async set(due: number, remind: number | null): Promise<void> {
    const name = `n${this.wanted.size}`;
    this.wanted.set(name, remind !== null && remind < due ? 'Reminded,Missed' : 'Missed');
    await set(this.store, name, this.clock, { due, remind });
  }

  private async race(one: Scheduler): Promise<void> {
    this.fail = 'no';
    const other = await this.open();
    await Promise.all([one.look(), other.look()]);
    await other.stop();
  }

  private open(): Promise<Scheduler> {
    const decided = fireThrough(this.store, this.clock, (_, moment) => (this.early ||= moment > this.clock.now()));
    const fire = this.blindly ? fireBlindly(this.store, this.clock) : decided;
    return scheduler(this.store, this.readModel, this.clock, async (deadline, kind, commandId) => {
      if (this.fail === 'before') throw new Error('lost before');
      const position = await fire(deadline, kind, commandId);
      if (this.fail === 'after') throw new Error('lost after');
      return position;
    });
  }
}

/** Plays the steps, then lets the time pass; returns what is wrong with the record, if anything. */
export const play = (script: readonly Step[], { blindly = false } = {}): Promise<string | undefined> => new Player(blindly).play(script);
