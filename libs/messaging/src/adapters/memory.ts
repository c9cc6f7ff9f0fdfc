import type { NonEmpty } from '@waymark/kernel';
import { LogBus, type LogBusOptions } from '../log-bus.js';
import { placeName } from '../places.js';
import type { EndOffsets, GroupOffsets } from '../offsets.js';
import type { Entry, Partition, Stored, TopicLog } from '../topic-log.js';

const placeOf = ({ topic, partition }: Partition): string => placeName(topic, partition);

/** A topic log that forgets with its process. Given to two buses in turn, it stands for a file that is opened again. */
export class MemoryTopicLog implements TopicLog {
  private readonly values = new Map<string, string[]>();
  private readonly offsets = new Map<string, Map<string, number>>();
  private readonly notes = new Map<string, string | undefined>();

  append(topic: string, entries: NonEmpty<Entry>): void {
    for (const { partition, value } of entries) this.valuesAt({ topic, partition }).push(value);
  }

  read(at: Partition, from: number, limit: number): readonly Stored[] {
    return this.valuesAt(at)
      .slice(from, from + limit)
      .map((value, index) => ({ offset: from + index, value }));
  }

  join(group: string, topic: string, partitions: number): void {
    const offsets = this.offsetsOf(group);
    for (let partition = 0; partition < partitions; partition += 1) {
      const place = placeOf({ topic, partition });
      if (!offsets.has(place)) offsets.set(place, 0);
    }
  }

  committed(group: string, at: Partition): number {
    return this.offsetsOf(group).get(placeOf(at)) ?? 0;
  }

  commit(group: string, at: Partition, next: number, note?: string): void {
    this.offsetsOf(group).set(placeOf(at), next);
    this.notes.set(`${group} ${placeOf(at)}`, note);
  }

  noteOf(group: string, at: Partition): string | undefined {
    return this.notes.get(`${group} ${placeOf(at)}`);
  }

  endOffsets(topic: string, partitions: number): EndOffsets {
    const places = Array.from({ length: partitions }, (_, partition) => placeName(topic, partition));
    return new Map(places.map((place) => [place, this.values.get(place)?.length ?? 0]));
  }

  groupOffsets(group: string): GroupOffsets {
    return new Map([...this.offsetsOf(group)].map(([place, next]) => [place, { next, end: this.values.get(place)?.length ?? 0 }]));
  }

  close(): void {}

  private valuesAt(at: Partition): string[] {
    const values = this.values.get(placeOf(at)) ?? [];
    this.values.set(placeOf(at), values);
    return values;
  }

  private offsetsOf(group: string): Map<string, number> {
    const offsets = this.offsets.get(group) ?? new Map<string, number>();
    this.offsets.set(group, offsets);
    return offsets;
  }
}

/** The bus in memory: the same groups, partitions and serialised values, nothing on disk. */
export class MemoryBus extends LogBus {
  constructor(options: LogBusOptions, log: MemoryTopicLog = new MemoryTopicLog()) {
    super(log, options);
  }
}
