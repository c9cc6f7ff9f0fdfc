import { nextTick } from 'node:process';

interface Asked<I, O> {
  readonly items: readonly I[];
  readonly answered: (answer: O) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Makes one request of what is asked for in one turn of the event loop. Those who go on side by side so stay side by side: what was read for them at once
 * they write at once. Nobody waits for it longer than for what is ready to run anyway.
 */
export class Gathered<I, O> {
  private asked: Asked<I, O>[] = [];

  /** @param request asked for the items of all who ask; each is given the whole answer, and the whole error. @param most items of one request */
  constructor(
    private readonly request: (items: readonly I[]) => Promise<O>,
    private readonly most: number,
  ) {}

  ask(items: readonly I[]): Promise<O> {
    return new Promise((answered, failed) => {
      // Behind the promises that are settled by now, all of whose followers have asked then.
      if (this.asked.length === 0) queueMicrotask(() => nextTick(() => this.put()));
      this.asked.push({ items, answered, failed });
    });
  }

  private put(): void {
    const all = this.asked;
    this.asked = [];
    for (const some of this.groupsOf(all)) void this.answer(some);
  }

  /** Nobody else would hear of what fails, however it does. */
  private async answer(some: readonly Asked<I, O>[]): Promise<void> {
    try {
      const answer = await this.request(some.flatMap(({ items }) => items));
      for (const { answered } of some) answered(answer);
    } catch (error) {
      for (const { failed } of some) failed(error);
    }
  }

  private groupsOf(all: readonly Asked<I, O>[]): readonly (readonly Asked<I, O>[])[] {
    const groups: Asked<I, O>[][] = [];
    let room = 0;
    for (const one of all) {
      if (one.items.length > room) {
        groups.push([]);
        room = this.most;
      }
      room -= one.items.length;
      groups.at(-1)?.push(one);
    }
    return groups;
  }
}

/** One for each name. */
export class GatheredByName<I, O> {
  private readonly byName = new Map<string, Gathered<I, O>>();

  constructor(
    private readonly request: (name: string, items: readonly I[]) => Promise<O>,
    private readonly most: number,
  ) {}

  ask(name: string, items: readonly I[]): Promise<O> {
    let gathered = this.byName.get(name);
    if (!gathered) this.byName.set(name, (gathered = new Gathered((some) => this.request(name, some), this.most)));
    return gathered.ask(items);
  }
}
