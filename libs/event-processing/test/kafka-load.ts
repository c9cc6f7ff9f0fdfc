import type { Bus } from '@waymark/messaging';
import { openKafkaBus, type KafkaBusOptions } from '@waymark/messaging/kafka';
import { MemoryReadModelStore, type Document } from '@waymark/read-model';
import { Consumer } from '../src/bus/consumer.js';
import { relayReaction, type RelayDeps } from '../src/relay/relay.js';
import type { Subscriber } from '../src/log/subscriber.js';
import { append, caseOf, clock, counted, Counted } from './events.js';
import { MemoryEvents } from './memory-events.js';

interface Copy extends Document {
  readonly seen: readonly number[];
}
const copies = { name: 'reporting.copies', indexes: [] };
const group = 'reporting.copy';
const cases = Array.from({ length: 24 }, (_, i) => `case ${i}`);
const betweenEventsMs = 8;

/** What breaks on purpose, so that the property can be seen to notice. */
export interface Broken {
  readonly bus?: (bus: Bus) => Bus;
}

export interface Replica {
  readonly bus: Bus;
  readonly consumer: Consumer<typeof counted>;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
let runs = 0;

/**
 * Events that keep coming, a relay that publishes them, and replicas of a consumer that share what they write. An event that was appended was
 * acknowledged; what became of each can be read off the copies, where a lost, a doubled and an overtaken one all show.
 */
export class Load {
  readonly store = new MemoryEvents(200);
  readonly shared = new MemoryReadModelStore();
  readonly poison = new Set<string>();
  readonly prefix = `faults-${process.pid}-${(runs += 1)}.`;
  readonly replicas: Replica[] = [];
  /** Deliveries by the bus, repeats included. */
  delivered = 0;
  appended = 0;
  private readonly counts = new Map<string, number>();
  private relay: Subscriber | undefined;
  private relayBus: Bus | undefined;
  private loading: Promise<void> = Promise.resolve();
  private going = false;

  constructor(
    private readonly brokers: readonly string[],
    private readonly broken: Broken = {},
    private readonly options: Partial<KafkaBusOptions> = {},
  ) {}

  async start(replicas = 2): Promise<void> {
    await this.shared.declare(copies);
    this.relayBus = await this.openBus('relay');
    const deps: RelayDeps = { store: this.store, readModel: new MemoryReadModelStore(), clock, checkpointWithinMs: 100 };
    this.relay = relayReaction(
      { name: 'planning.relay', handles: [Counted], topics: [counted.topic], publish: ({ data }) => [{ contract: counted, data }] },
      this.relayBus,
      deps,
    );
    this.relay.start();
    for (let i = 0; i < replicas; i += 1) await this.join();
    this.going = true;
    this.loading = this.keepAppending();
  }

  async join(more: Partial<KafkaBusOptions> = {}): Promise<Replica> {
    const bus = await this.openBus(`replica-${this.replicas.length}`, more);
    const consumer = new Consumer(
      {
        name: group,
        handles: [counted],
        effect: async (messages, documents) => {
          for (const { key, data } of messages) {
            if (this.poison.has(`${key} ${data.n}`)) throw new RangeError('poison');
            const known = await documents.get<Copy>(copies.name, key);
            documents.put(copies.name, { id: key, seen: [...(known?.seen ?? []), data.n] });
          }
        },
      },
      this.counting(bus),
      { readModel: this.shared, clock, head: () => this.store.head() },
    );
    consumer.start();
    const replica = { bus, consumer };
    this.replicas.push(replica);
    return replica;
  }

  async leave(replica: Replica): Promise<void> {
    this.replicas.splice(this.replicas.indexOf(replica), 1);
    await replica.consumer.stop();
    await replica.bus.close();
  }

  /** No more events; what there are still has to arrive. */
  async stopAppending(): Promise<void> {
    this.going = false;
    await this.loading;
  }

  /** Resolves with how many milliseconds it took until everything that was appended was taken, or undefined when the time was up first. */
  async drained(timeoutMs: number): Promise<number | undefined> {
    const from = performance.now();
    while (performance.now() - from < timeoutMs) {
      if ((await this.taken()) === this.appended) return Math.round(performance.now() - from);
      await pause(20);
    }
    return undefined;
  }

  async taken(): Promise<number> {
    let taken = 0;
    for (const name of cases) taken += (await this.seenOf(name)).length;
    return taken;
  }

  /** Cases of which something is missing, doubled or out of order. */
  async wrong(): Promise<readonly string[]> {
    const wrong: string[] = [];
    for (const name of cases) {
      const seen = await this.seenOf(name);
      const expected = Array.from({ length: this.counts.get(name) ?? 0 }, (_, i) => i + 1);
      if (JSON.stringify(seen) !== JSON.stringify(expected)) wrong.push(`${name}: ${seen.length} of ${expected.length}`);
    }
    return wrong;
  }

  async seenOf(name: string): Promise<readonly number[]> {
    return (await this.shared.get<Copy>(copies.name, caseOf(name)))?.seen ?? [];
  }

  async stop(): Promise<void> {
    await this.stopAppending();
    await this.relay?.stop();
    await Promise.all([...this.replicas].map((replica) => this.leave(replica)));
    await this.relayBus?.close();
  }

  private async keepAppending(): Promise<void> {
    for (let i = 0; this.going; i += 1) {
      const name = cases[i % cases.length] ?? '';
      const n = (this.counts.get(name) ?? 0) + 1;
      this.counts.set(name, n);
      await append(this.store, name, Counted({ n }));
      this.appended += 1;
      await pause(betweenEventsMs);
    }
  }

  private counting(bus: Bus): Bus {
    const consume: Bus['consume'] = (subscription, handler, signal) =>
      bus.consume(subscription, (batch) => ((this.delivered += batch.length), handler(batch)), signal);
    return Object.assign(Object.create(bus) as Bus, { consume });
  }

  /** Resolves when so many have arrived: everything is on its way. */
  async flowing(count = 50): Promise<void> {
    while ((await this.taken()) < count) await pause(20);
  }

  private async openBus(clientId: string, more: Partial<KafkaBusOptions> = {}): Promise<Bus> {
    const { brokers, prefix, options } = this;
    const bus = await openKafkaBus({ brokers, clientId, prefix, contracts: [counted], ...options, ...more });
    return (this.broken.bus ?? same)(bus);
  }
}

const same = <T>(it: T): T => it;

export const seconds = (n: number) => pause(n * 1_000);
