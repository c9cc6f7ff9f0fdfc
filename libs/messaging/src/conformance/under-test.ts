import type { AnyContract, CaseId } from '@waymark/kernel';
import type { Bus, Handler, Message, Subscription } from '../bus.js';
import { topic } from './samples.js';

export interface BusHarness {
  open(contracts: readonly AnyContract[]): Promise<Bus>;
  /** What a process that comes up after this one was lost finds. */
  afterCrash(contracts: readonly AnyContract[]): Promise<Bus>;
  /** Puts a value on a topic past the bus, as a stranger does, in the partition of the case. */
  putForeign(topic: string, key: CaseId, value: string): Promise<void>;
  /** The values on the topic of dead letters. */
  deadLetters(): Promise<readonly string[]>;
  cleanUp(): Promise<void>;
}

interface Consuming {
  readonly controller: AbortController;
  readonly done: Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The bus of the test that runs, and who consumes on it. */
export class BusUnderTest {
  at!: BusHarness;
  bus!: Bus;
  /** For a handler that does not come back: its process is lost meanwhile. */
  lost!: Promise<void>;
  private bury = (): void => undefined;
  private consuming: Consuming[] = [];

  async begin(at: BusHarness, contracts: readonly AnyContract[]): Promise<void> {
    this.at = at;
    this.consuming = [];
    this.lost = new Promise((resolve) => (this.bury = resolve));
    this.bus = await at.open(contracts);
  }

  async end(): Promise<void> {
    this.bury();
    for (const { stop } of this.consuming) await stop().catch(() => undefined);
    await this.bus.close();
    await this.at.cleanUp();
  }

  /** The process is lost with all that it consumed; another comes up. */
  async crash(contracts: readonly AnyContract[]): Promise<void> {
    this.consuming = [];
    this.bus = await this.at.afterCrash(contracts);
  }

  consume(group: string, handler: Handler, more: Partial<Subscription> = {}): Consuming {
    const controller = new AbortController();
    const done = this.bus.consume({ group, topics: [topic], ...more }, handler, controller.signal);
    done.catch(() => undefined);
    const consuming = { controller, done, stop: () => (controller.abort(), done) };
    this.consuming.push(consuming);
    return consuming;
  }

  collect(group: string): Consuming & { readonly got: Message[] } {
    const got: Message[] = [];
    const consuming = this.consume(group, async (batch) => void got.push(...batch.map((delivery) => delivery.message)));
    return { got, ...consuming };
  }
}
