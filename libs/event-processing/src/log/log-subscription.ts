import type { After, EventStore, Filter, Opens, Recorded } from '@waymark/event-store';
import type { NonEmpty } from '@waymark/kernel';
import type { LogReaction, ReactionDeps } from '../core/reaction.js';
import type { UnitOfWork } from '../core/unit-of-work.js';

/** What a subscriber is given of the log. */
export interface Reads {
  /** What concerns it. Later events of a parked case that the filter lets through wait with it. */
  readonly filter?: Filter;
  /** Whose personal fields it looks at; all when left out. */
  readonly opens?: Opens;
}

/** Lets work that can wait give way to work that cannot. */
export interface Throttle {
  isBusy(): boolean;
  /** After a piece of work that took so long. */
  rest(workedMs: number, signal: AbortSignal): Promise<void>;
}

/** What makes one subscriber different from another. */
export interface LogSubscription extends Reads {
  /** `<service>.<name>`: the name of its checkpoint too. */
  readonly name: string;
  /**
   * Takes a page of events. What it puts into `documents` is written together with the checkpoint; whatever it does elsewhere has to be
   * idempotent, because the page comes again after a crash and in pieces after a failure.
   */
  readonly effect: (events: NonEmpty<Recorded>, documents: UnitOfWork) => Promise<void>;
  /** As of the reaction that it makes. */
  readonly publishes?: NonNullable<LogReaction['publishes']>;
  /** Gives way to the rest of the process after each page. */
  readonly throttle?: Throttle;
  /**
   * Rests so many milliseconds once it is at the head after a page, so that what is recorded meanwhile takes effect in one write. Whoever waits for it
   * in this process ends the rest; elsewhere one waits so much longer.
   */
  readonly restMs?: number;
  /**
   * What it does lies elsewhere and is idempotent: the checkpoint of a page that leaves no documents is written so many milliseconds later at most,
   * together with those behind it. After a crash so much is done again, and a process that waits for it elsewhere waits so much longer.
   */
  readonly checkpointWithinMs?: number;
  /** Told, not waited for, whenever everything up to a position has taken effect or did not concern it. */
  readonly seen?: (position: After, running: AbortSignal) => void;
}

export interface LogReactionDeps extends ReactionDeps {
  readonly store: EventStore;
}
