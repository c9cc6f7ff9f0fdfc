import { topicOf } from './places.js';
import type { EndOffsets } from './offsets.js';

/** The later of two positions of one store; 'start' comes before all. */
export const later = (a: string, b: string): string => (a === 'start' || (b !== 'start' && b > a) ? b : a);

interface Progress {
  readonly position: string;
  readonly ends?: EndOffsets | undefined;
}

const none: Progress = { position: 'start' };

/** What sources have said of their progress. It never goes back. */
export class ProgressBook {
  private readonly said = new Map<string, Progress>();

  note(source: string, position: string, ends?: EndOffsets): void {
    const { position: known } = this.of(source);
    if (later(known, position) !== known) this.said.set(source, { position, ends });
  }

  positionOf(source: string): string {
    return this.of(source).position;
  }

  /** @returns undefined where a source has not said where all of the topics end */
  endsIn(source: string, topics: readonly string[]): EndOffsets | undefined {
    const said = [...(this.of(source).ends ?? [])];
    const within = topics.map((topic) => said.filter(([place]) => topicOf(place) === topic));
    return within.every((ends) => ends.length > 0) ? new Map(within.flat()) : undefined;
  }

  private of(source: string): Progress {
    return this.said.get(source) ?? none;
  }
}
