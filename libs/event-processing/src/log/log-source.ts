import { UnreadableEvent, type After, type EventStore, type Position, type Recorded } from '@waymark/event-store';
import type { StreamName } from '@waymark/kernel';
import { checkpointAfter, checkpointOf, checkpointText, type Checkpoint } from '../core/checkpoint.js';
import type { Source, ProcessorStore } from '../core/batch-processor.js';
import { ReactionFailure } from '../core/failure.js';
import { later } from '../core/checkpoint.js';

export type LogItem = Recorded | UnreadableEvent;

export const positionOf = (item: LogItem): Position => (item instanceof UnreadableEvent ? item.at.position : item.position);

const standsAt = (item: LogItem) => (item instanceof UnreadableEvent ? item.at : item);

export interface LogSourceOptions {
  readonly subscriber: string;
  readonly events: EventStore;
  readonly store: ProcessorStore;
  /** Whether a page that leaves no documents is only kept in mind, until the checkpoint is moved by {@link LogSource.moveTo}. */
  readonly notesLater: boolean;
}

/** The log as a source of a processor: the checkpoint is the position of the last event taken, written with the documents. */
export class LogSource implements Source<LogItem> {
  private checkpoint: Checkpoint = { place: 'start', revision: 0 };
  private place: After = 'start';

  constructor(private readonly options: LogSourceOptions) {}

  /** The place as it stands in the store, as far as this process knows. */
  get stored(): After {
    return this.checkpoint.place;
  }

  /** Takes over what the store keeps. Whatever is then written rests on what is read after this. */
  know(stored: string): void {
    this.checkpoint = checkpointOf(stored);
    this.place = this.checkpoint.place;
  }

  /** The last event that was taken; beyond the stored place where it is noted later. */
  get taken(): After {
    return this.place;
  }

  readonly keyOf = (item: LogItem): string => standsAt(item).caseId ?? standsAt(item).stream;
  readonly orderOf = positionOf;
  readonly typeOf = (item: LogItem): string => standsAt(item).type;
  readonly unusable: Source<LogItem>['unusable'] = (item) =>
    item instanceof UnreadableEvent ? { because: 'unreadable', error: item.name, message: item.message } : undefined;
  readonly originOf: Source<LogItem>['originOf'] = (item) => ({
    stream: standsAt(item).stream,
    version: standsAt(item).version,
    position: positionOf(item),
  });

  readonly recall: Source<LogItem>['recall'] = async (origin) => {
    const { stream, version } = origin as { stream: StreamName; version: number };
    try {
      for await (const [event] of this.options.events.read(stream, { from: version, to: version })) if (event) return event;
    } catch (error) {
      if (error instanceof UnreadableEvent) return error;
      throw error;
    }
    throw new ReactionFailure(`${stream} has no version ${version} any more`);
  };

  readonly commit: Source<LogItem>['commit'] = async (work, taken) => {
    const [last, changes] = [taken.at(-1), work.changes()];
    if (last && changes.length === 0 && this.options.notesLater) this.place = positionOf(last);
    else await this.moveTo(last ? positionOf(last) : this.stored, changes);
  };

  async moveTo(position: After, changes: Parameters<ProcessorStore['write']>[0]['changes'] = []): Promise<void> {
    const next = checkpointAfter(this.checkpoint, position);
    const [after, to] = [checkpointText(this.checkpoint), checkpointText(next)];
    const { store, subscriber } = this.options;
    await store.write({ changes, checkpoint: { subscriber, after, position: to } });
    this.checkpoint = next;
    this.place = later(position, this.place);
  }
}
