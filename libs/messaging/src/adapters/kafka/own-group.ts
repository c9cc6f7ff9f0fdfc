import { placeName } from '../../places.js';
import type { CommittedOffsets } from '../../offsets.js';

/** What a member of a group has been given: topics, with the deployment's prefix, and their partitions. */
export type Assignment = Readonly<Record<string, readonly number[]>>;

/**
 * The members of a group in this process. While they have every partition between them nobody else commits for the group (the brokers refuse whoever had one
 * before), so that what they commit, after what was committed before, is how far it is, and the brokers need not be asked each time.
 */
export class OwnGroup {
  private readonly given = new Map<object, ReadonlySet<string>>();
  private readonly committed = new Map<string, number>();
  /** What was committed before the partitions were shared out as they are now. */
  private before: Promise<CommittedOffsets> | undefined;

  /** @param ask what the brokers say that the group has committed. @param onCommit told of what is committed here */
  constructor(
    private readonly ask: () => Promise<CommittedOffsets>,
    private readonly onCommit: () => void = () => undefined,
  ) {}

  assigned(member: object, assignment: Assignment): void {
    const places = Object.entries(assignment).flatMap(([topic, partitions]) => partitions.map((partition) => placeName(topic, partition)));
    this.given.set(member, new Set(places));
    this.beginAnew();
  }

  left(member: object): void {
    this.given.delete(member);
    this.beginAnew();
  }

  /** The brokers have agreed to it. */
  hasCommitted(topic: string, partition: number, next: number): void {
    this.committed.set(placeName(topic, partition), next);
    this.onCommit();
  }

  /** How far the group is. @param places all that it reads */
  async taken(places: readonly string[]): Promise<CommittedOffsets> {
    if (places.length === 0 || !places.every((place) => this.has(place))) return this.ask();
    const taken = new Map(await this.earlier());
    for (const [place, next] of this.committed) taken.set(place, Math.max(next, taken.get(place) ?? 0));
    return taken;
  }

  /** The brokers know what was committed up to now, and whether somebody set it back since. */
  private beginAnew(): void {
    this.before = undefined;
    this.committed.clear();
  }

  private has(place: string): boolean {
    return [...this.given.values()].some((places) => places.has(place));
  }

  private earlier(): Promise<CommittedOffsets> {
    if (this.before) return this.before;
    const before = this.ask();
    this.before = before;
    before.catch(() => this.before === before && (this.before = undefined));
    return before;
  }
}
