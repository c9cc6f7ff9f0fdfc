import type { PerKey, Signal } from '@waymark/async';
import type { Partition } from './topic-log.js';

/** A consumer within its group. */
export interface Member {
  readonly topics: readonly string[];
  readonly assigned: () => Promise<void>;
  /** Undefined until it is notified of what it owns now. */
  notified?: Promise<void> | undefined;
}

/** Who owns which partition: the members of a group who read a topic share it out. In memory, because an embedded log has one process. */
export class Groups {
  private readonly members = new Map<string, readonly Member[]>();

  /** @param arrivals by topic: whoever reads one looks again when the group is shared out */
  constructor(private readonly arrivals: PerKey<Signal>) {}

  enter(group: string, member: Member): void {
    this.shareOut(group, [...this.of(group), member], member.topics);
  }

  leave(group: string, member: Member): void {
    const others = this.of(group).filter((other) => other !== member);
    this.shareOut(group, others, member.topics);
  }

  owns(group: string, member: Member, at: Partition): boolean {
    const readers = this.of(group).filter(({ topics }) => topics.includes(at.topic));
    return readers[at.partition % readers.length] === member;
  }

  private of(group: string): readonly Member[] {
    return this.members.get(group) ?? [];
  }

  private shareOut(group: string, members: readonly Member[], topics: readonly string[]): void {
    this.members.set(group, members);
    for (const member of members) member.notified = undefined;
    for (const topic of topics) this.arrivals.of(topic).notify();
  }
}

/** Once for each time that the group was shared out; a failure is tried again with the next delivery. */
export const notifyAssigned = (member: Member): Promise<void> => {
  member.notified ??= member.assigned().catch((error: unknown) => {
    member.notified = undefined;
    throw error;
  });
  return member.notified;
};
