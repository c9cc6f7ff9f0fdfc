import { pauseMs, type PerKey, type Signal } from '@waymark/async';
import { isNonEmpty } from '@waymark/kernel';
import type { Bus, Delivery, Handler, Refusal, Subscription } from './bus.js';
import { fromCloudEvent, NotACloudEvent } from './cloud-event.js';
import { notifyAssigned, type Groups, type Member } from './groups.js';
import { offsetText } from './places.js';
import type { Partition, Stored, TopicLog } from './topic-log.js';

/** A member of a group, at one partition. */
export interface Following {
  readonly group: string;
  readonly member: Member;
  readonly at: Partition;
  readonly handler: Handler;
  readonly refused: NonNullable<Subscription['refused']>;
}

export interface DeliveriesOptions {
  readonly log: Pick<TopicLog, 'read' | 'committed' | 'commit' | 'noteOf'>;
  readonly groups: Groups;
  readonly arrivals: PerKey<Signal>;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly reportDead: Bus['reportDead'];
  /** Told after each commit. */
  readonly committed: () => void;
}

const maxBatch = 100;
const betweenTries = { firstPauseMs: 50, longestPauseMs: 10_000 };

/** Brings each partition to its owner: in order, one handler at a time, and again after a pause when it failed. */
export class Deliveries {
  /** Partitions at which a handler is at work, by group and whatever the topic: a partition changes hands only when it is done. */
  private readonly busy = new Set<string>();
  /** Those among them at which another looked in vain, for which topics. */
  private readonly wanted = new Map<string, Set<string>>();

  constructor(private readonly options: DeliveriesOptions) {}

  /** Works through one partition whenever this member owns it. */
  async follow(following: Following, until: AbortSignal): Promise<void> {
    const { at } = following;
    const arrivals = this.options.arrivals.of(at.topic);
    let failures = 0;
    while (!until.aborted) {
      const { count } = arrivals;
      const outcome = this.isOwned(following) ? await this.deliver(following) : 'nothing';
      if (outcome === 'nothing') await arrivals.changedSince(count, until);
      else if (outcome === 'done') failures = 0;
      else {
        failures += 1;
        await this.options.sleep(pauseMs(betweenTries, failures), until);
      }
    }
  }

  private async deliver(following: Following): Promise<'nothing' | 'done' | 'failed'> {
    try {
      return this.isDue(following) ? await this.inTurn(following) : 'nothing';
    } catch {
      // Not reported here: the handler's owner knows what failed and reports it. The same messages come again.
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
      for (const topic of this.wanted.get(place) ?? []) this.options.arrivals.of(topic).notify();
      this.wanted.delete(place);
    }
  }

  /** Who has nothing to do must not take the place: those of one partition would wake each other by looking, for ever. */
  private isDue({ group, member, at }: Following): boolean {
    const { log } = this.options;
    return member.notified === undefined || log.read(at, log.committed(group, at), 1).length > 0;
  }

  private async deliverNext(following: Following): Promise<'nothing' | 'done'> {
    const { group, member, at, handler } = following;
    const { log } = this.options;
    await notifyAssigned(member);
    if (!this.isOwned(following)) return 'nothing';
    const stored = log.read(at, log.committed(group, at), maxBatch);
    if (stored.length === 0) return 'nothing';
    const read = stored.map((value) => readAt(at, value));
    const deliverable = await this.heeded(following, read);
    const note = isNonEmpty(deliverable) ? await handler(deliverable) : undefined;
    log.commit(group, at, (stored.at(-1)?.offset ?? 0) + 1, note ?? log.noteOf(group, at));
    this.options.committed();
    return 'done';
  }

  /** What can be delivered; the rest is announced as dead letters and reported to the consumer. */
  private async heeded({ group, refused }: Following, read: readonly (Delivery | Refusal)[]): Promise<readonly Delivery[]> {
    for (const entry of read) {
      if ('message' in entry) continue;
      const { topic, offset, reason: because } = entry;
      await this.options.reportDead([{ group, topic, offset, because }]);
      await refused(entry);
    }
    return read.filter((entry) => 'message' in entry);
  }

  private isOwned({ group, member, at }: Following): boolean {
    return this.options.groups.owns(group, member, at);
  }
}

const readAt = (at: Partition, { offset, value }: Stored): Delivery | Refusal => {
  const where = { topic: at.topic, offset: offsetText(at.partition, offset) };
  try {
    return { ...where, message: fromCloudEvent(value) };
  } catch (error) {
    if (!(error instanceof NotACloudEvent)) throw error;
    return { ...where, reason: error.message };
  }
};
