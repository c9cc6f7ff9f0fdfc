import {
  EventTooLarge,
  InvalidEvent,
  StoreUnavailable,
  StoreUnusable,
  SubjectErased,
  UnreadableEvent,
  WrongExpectedVersion,
} from '@waymark/event-store';
import { KeysUnavailable, KeysUnusable } from '@waymark/keys';
import { BusUnavailable, NotAContract } from '@waymark/messaging';
import { BadDocument, BadQuery, ReadModelUnavailable, StaleCheckpoint } from '@waymark/read-model';

/** A failure whose message holds no personal data, so that it may stand in a dead letter and in a log. */
export class ReactionFailure extends Error {
  override readonly name: string = 'ReactionFailure';
}

/** The reaction was stopped in the middle of something. Nothing of it was committed. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Damaged keys are here too: what was wrapped by them is no fault of any one event, and opens again once they are put back. */
const engines = [StoreUnavailable, ReadModelUnavailable, BusUnavailable, KeysUnavailable, KeysUnusable];
const tellable = [
  ReactionFailure,
  UnreadableEvent,
  StoreUnusable,
  InvalidEvent,
  WrongExpectedVersion,
  SubjectErased,
  EventTooLarge,
  KeysUnavailable,
  KeysUnusable,
  NotAContract,
  BadQuery,
  BadDocument,
];

const isOneOf = (error: unknown, classes: readonly (abstract new (...args: never[]) => Error)[]): boolean =>
  classes.some((one) => error instanceof one);

/** An engine is away, not an event at fault: tried again for ever, never parked. */
export const isTransient = (error: unknown): boolean =>
  isOneOf(error, engines) ||
  // What cannot be read is the event's own trouble, whatever it came of.
  (error instanceof Error && !(error instanceof UnreadableEvent) && error.cause !== undefined && isTransient(error.cause));

/** Nothing that trying one event by itself would mend. */
export const concernsAll = (error: unknown): boolean =>
  isTransient(error) || error instanceof StaleCheckpoint || error instanceof Interrupted;

/** What a dead letter says about an error. */
export interface Trouble {
  readonly error: string;
  readonly message: string;
}

/** An error's class, and its message where we wrote it; of any other error only where it was thrown, since its message may quote what it choked on. */
export const troubleOf = (error: unknown): Trouble => {
  if (!(error instanceof Error)) return { error: typeof error, message: 'something was thrown that is no error' };
  if (isOneOf(error, tellable)) return { error: error.name, message: error.message };
  return { error: error.name, message: placeOf(error) };
};

const placeOf = (error: Error): string => {
  // The frames begin behind the message, which may itself look like one.
  const behind = (error.stack ?? '').split(error.message).at(-1) ?? '';
  const [, place] = /\n\s+at (?:.*[/\\])?([\w.-]+:\d+):\d+\)?/.exec(behind) ?? [];
  return place ? `thrown at ${place}` : 'thrown at an unknown place';
};
