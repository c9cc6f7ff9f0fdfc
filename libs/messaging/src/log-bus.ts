import { setTimeout as delay } from 'node:timers/promises';
import type { AnyContract, NonEmpty } from '@waymark/kernel';
import { Bell } from './bell.js';
import {
  BusUnavailable,
  NotAContract,
  type Bus,
  type DeadLetterReference,
  type Delivery,
  type Message,
  type Refusal,
  type Subscription,
} from './bus.js';
import { fromCloudEvent, NotACloudEvent, toCloudEvent } from './cloud-event.js';
import { checkContract, contractsByType, type Contracts } from './contracts.js';
import { offsetText } from './places.js';
import { later } from './progress.js';
import { deadLetterTopic } from './topics.js';
import { partitionOf, partitionsPerTopic, type Entry, type Partition, type Stored, type TopicLog } from './topic-log.js';

export interface LogBusOptions {
  readonly contracts: readonly AnyContract[];
  /** Between two deliveries of the same messages after a failure; ends early, without an error, when the signal aborts. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

type Handler = (batch: NonEmpty<Delivery>) => Promise<void>;
interface Member {
  readonly topics: readonly string[];
  readonly assigned: () => Promise<void>;
  /** Undefined until it is told of what it owns now. */
  told?: Promise<void> | undefined;
}

interface Following {
  readonly group: string;
  readonly member: Member;
  readonly at: Partition;
  readonly handler: Handler;
  readonly refused: NonNullable<Subscription['refused']>;
}

const maxBatch = 100;
const firstPauseMs = 50;
const longestPauseMs = 10_000;

const pause = (ms: number, signal: AbortSignal): Promise<void> => delay(ms, undefined, { signal }).catch(() => undefined);

/** The bus over an embedded log: groups, partitions, redelivery. One process, so groups are shared out in memory. */
export class LogBus implements Bus {
  private readonly contracts: Contracts;
  private readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  private readonly groups = new Map<string, Member[]>();
  /** Partitions at which a handler is at work, by group and whatever the topic: a partition changes hands only when it is done. */
  private readonly busy = new Set<string>();
  /** Those among them at which another looked in vain, for which topics. */
  private readonly wanted = new Map<string, Set<string>>();
  private readonly bells = new Map<string, Bell>();
  private readonly consumers = new Set<Promise<void>>();
  private readonly progress = new Map<string, string>();
  private readonly closing = new AbortController();

  constructor(
    private readonly log: TopicLog,
    { contracts, sleep = pause }: LogBusOptions,
  ) {
    this.contracts = contractsByType(contracts);
    this.sleep = sleep;
  }

  async publish(topic: string, messages: NonEmpty<Message>): Promise<void> {
    this.requireOpen();
    await this.log.append(topic, messages.map((message) => this.entry(topic, message)) as unknown as NonEmpty<Entry>);
    this.bell(topic).ring();
  }

  async consume(
    { group, topics, assigned = nothing, refused = nothing }: Subscription,
    handler: Handler,
    signal: AbortSignal,
  ): Promise<void> {
    this.requireOpen();
    if (signal.aborted) return;
    for (const topic of topics) this.log.join(group, topic, partitionsPerTopic);
    const member = this.enter(group, { topics, assigned });
    const until = AbortSignal.any([signal, this.closing.signal]);
    const partitions = topics.flatMap((topic) => Array.from({ length: partitionsPerTopic }, (_, partition) => ({ topic, partition })));
    const running = Promise.all(partitions.map((at) => this.follow({ group, member, at, handler, refused }, until))).then(() => undefined);
    this.consumers.add(running);
    try {
      await running;
    } finally {
      this.consumers.delete(running);
      this.leave(group, member);
    }
  }

  partitionOf(key: string): number {
    return partitionOf(key);
  }

  async lag(group: string): Promise<number> {
    this.requireOpen();
    return this.log.lag(group);
  }

  async tellProgress(source: string, position: string): Promise<void> {
    this.requireOpen();
    this.progress.set(source, later(this.progressOf(source), position));
  }

  progressOf(source: string): string {
    return this.progress.get(source) ?? 'start';
  }

  async reportDead(letters: NonEmpty<DeadLetterReference>): Promise<void> {
    this.requireOpen();
    await this.log.append(
      deadLetterTopic,
      letters.map((letter) => ({
        partition: partitionOf(letter.key ?? letter.offset),
        value: JSON.stringify(letter),
      })) as unknown as NonEmpty<Entry>,
    );
  }

  async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    await Promise.allSettled([...this.consumers]);
    await this.log.close();
  }

  private entry(topic: string, message: Message): Entry {
    try {
      return { partition: partitionOf(message.key), value: toCloudEvent(checkContract(this.contracts, topic, message)) };
    } catch (error) {
      throw error instanceof NotACloudEvent ? new NotAContract(`${message.type}: ${error.message}`) : error;
    }
  }

  /** Works through one partition whenever this member owns it. */
  private async follow(following: Following, until: AbortSignal): Promise<void> {
    const { group, member, at } = following;
    let pauseMs = firstPauseMs;
    while (!until.aborted) {
      const heard = this.bell(at.topic).count;
      const outcome = this.owner(group, at) === member ? await this.deliver(following) : 'nothing';
      if (outcome === 'nothing') await this.bell(at.topic).after(heard, until);
      else if (outcome === 'done') pauseMs = firstPauseMs;
      else {
        await this.sleep(pauseMs, until);
        pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      }
    }
  }

  private async deliver(following: Following): Promise<'nothing' | 'done' | 'failed'> {
    try {
      return this.isDue(following) ? await this.inTurn(following) : 'nothing';
    } catch {
      // Not told here: the handler's owner knows what failed and reports it. The same messages come again.
      return 'failed';
    }
  }

  /** Delivers unless another is at work at this place, who wakes this one when it is done. */
  private async inTurn(following: Following): Promise<'nothing' | 'done'> {
    const { group, at } = following;
    const place = `${group} ${at.partition}`;
    if (this.busy.has(place)) {
      this.wanted.set(place, (this.wanted.get(place) ?? new Set()).add(at.topic));
      return 'nothing';
    }
    this.busy.add(place);
    try {
      return await this.deliverNext(following);
    } finally {
      this.busy.delete(place);
      for (const topic of this.wanted.get(place) ?? []) this.bell(topic).ring();
      this.wanted.delete(place);
    }
  }

  /** Who has nothing to do must not take the place: those of one partition would wake each other by looking, for ever. */
  private isDue({ group, member, at }: Following): boolean {
    return member.told === undefined || this.log.read(at, this.log.committed(group, at), 1).length > 0;
  }

  private async deliverNext({ group, member, at, handler, refused }: Following): Promise<'nothing' | 'done'> {
    await tell(member);
    if (this.owner(group, at) !== member) return 'nothing';
    const stored = this.log.read(at, this.log.committed(group, at), maxBatch);
    if (stored.length === 0) return 'nothing';
    const read = stored.map((value) => readAt(at, value));
    const [first, ...rest] = await this.heeded(group, read, refused);
    if (first) await handler([first, ...rest]);
    this.log.commit(group, at, (stored.at(-1)?.offset ?? 0) + 1);
    return 'done';
  }

  private owner(group: string, at: Partition): Member | undefined {
    const members = (this.groups.get(group) ?? []).filter(({ topics }) => topics.includes(at.topic));
    return members[at.partition % members.length];
  }

  private enter(group: string, member: Member): Member {
    this.shareOut(group, [...(this.groups.get(group) ?? []), member], member.topics);
    return member;
  }

  private leave(group: string, member: Member): void {
    const others = (this.groups.get(group) ?? []).filter((other) => other !== member);
    this.shareOut(group, others, member.topics);
  }

  private shareOut(group: string, members: readonly Member[], topics: readonly string[]): void {
    this.groups.set(group, [...members]);
    for (const member of members) member.told = undefined;
    for (const topic of topics) this.bell(topic).ring();
  }

  /** What can be delivered; of the rest the dead letters and the consumer are told. */
  private async heeded(group: string, read: readonly (Delivery | Refusal)[], refused: Following['refused']): Promise<readonly Delivery[]> {
    for (const entry of read) {
      if ('message' in entry) continue;
      const { topic, offset, reason: because } = entry;
      await this.reportDead([{ group, topic, offset, because }]);
      await refused(entry);
    }
    return read.filter((entry) => 'message' in entry);
  }

  private bell(topic: string): Bell {
    const bell = this.bells.get(topic) ?? new Bell();
    this.bells.set(topic, bell);
    return bell;
  }

  private requireOpen(): void {
    if (this.closing.signal.aborted) throw new BusUnavailable('the bus is closed');
  }
}

const nothing = async (): Promise<void> => undefined;

/** Once for each time that the group was shared out; a failure is tried again with the next delivery. */
const tell = (member: Member): Promise<void> => {
  member.told ??= member.assigned().catch((error: unknown) => {
    member.told = undefined;
    throw error;
  });
  return member.told;
};

const readAt = (at: Partition, { offset, value }: Stored): Delivery | Refusal => {
  const where = { topic: at.topic, offset: offsetText(at.partition, offset) };
  try {
    return { ...where, message: fromCloudEvent(value) };
  } catch (error) {
    if (!(error instanceof NotACloudEvent)) throw error;
    return { ...where, reason: error.message };
  }
};
