import { UnreadableEvent, type After, type EventStore, type Position, type Recorded } from '@waymark/event-store';
import type { StreamName } from '@waymark/kernel';
import type { Source, LaneStore } from './lane.js';
import { ReactionFailure } from './failure.js';

export type LogItem = Recorded | UnreadableEvent;

export const positionOf = (item: LogItem): Position => (item instanceof UnreadableEvent ? item.at.position : item.position);

const placeOf = (item: LogItem) => (item instanceof UnreadableEvent ? item.at : item);

/** The log as a source of a lane: the checkpoint is the position of the last event taken, written with the documents. */
export class LogSource implements Source<LogItem> {
  constructor(
    private readonly subscriber: string,
    private readonly events: EventStore,
    private readonly store: LaneStore,
    /** As it stands in the store. */
    public stored: After,
  ) {}

  readonly keyOf = (item: LogItem): string => placeOf(item).caseId ?? placeOf(item).stream;
  readonly orderOf = positionOf;
  readonly typeOf = (item: LogItem): string => placeOf(item).type;
  readonly unusable: Source<LogItem>['unusable'] = (item) =>
    item instanceof UnreadableEvent ? { because: 'unreadable', error: item.name, message: item.message } : undefined;
  readonly originOf: Source<LogItem>['originOf'] = (item) => ({
    stream: placeOf(item).stream,
    version: placeOf(item).version,
    position: positionOf(item),
  });

  readonly recall: Source<LogItem>['recall'] = async (origin) => {
    const { stream, version } = origin as { stream: StreamName; version: number };
    try {
      for await (const [event] of this.events.read(stream, { from: version, to: version })) if (event) return event;
    } catch (error) {
      if (error instanceof UnreadableEvent) return error;
      throw error;
    }
    throw new ReactionFailure(`${stream} has no version ${version} any more`);
  };

  readonly commit: Source<LogItem>['commit'] = async (work, taken) => {
    const last = taken.at(-1);
    await this.moveTo(last ? positionOf(last) : this.stored, work.changes());
  };

  async moveTo(position: After, changes: Parameters<LaneStore['write']>[0]['changes'] = []): Promise<void> {
    await this.store.write({ changes, checkpoint: { subscriber: this.subscriber, after: this.stored, position } });
    this.stored = position;
  }
}
