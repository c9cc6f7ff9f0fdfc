import type { After, EventStore } from '@waymark/event-store';
import { firstAfter, later, reached } from '@waymark/event-processing';
import type { RecentEventIndex } from './recent-event-index.js';

interface Known {
  readonly told: After;
  /** The first event of the service after that, among those up to `upTo`; undefined where there is none. */
  readonly first: Promise<After | undefined>;
  readonly upTo: After;
}

/** Whether a service owes the others something up to a position. */
export class UnpublishedEvents {
  private readonly asked: Asked;

  constructor(
    store: Pick<EventStore, 'readAll'>,
    private readonly service: string,
    private readonly followed: Pick<RecentEventIndex, 'from' | 'seen' | 'firstAfter'>,
  ) {
    this.asked = new Asked(store, service);
  }

  /**
   * True, too, where the newest part of the record has yet to be seen here, which is a matter of a moment.
   * @param told how far the service has told. @param position one that was given out, so that all up to it can be read
   */
  async areUnpublished(told: After, position: After): Promise<boolean> {
    const { from, seen } = this.followed;
    if (from === undefined) return this.asked.owes(told, position);
    if (!reached(told, from) && (await this.asked.owes(told, earlier(position, from)))) return true;
    // What was noted may have been let go meanwhile.
    if (this.followed.from !== from) return this.areUnpublished(told, position);
    if (reached(from, position)) return false;
    return !reached(seen, position) || isUpTo(this.followed.firstAfter(this.service, later(told, from)), position);
  }
}

/**
 * The same by asking the record. What lies behind a position stays as it is, so that one question answers all who wait, and is put again only when the service
 * has told what it was known to owe.
 */
class Asked {
  private known: Known | undefined;

  constructor(
    private readonly store: Pick<EventStore, 'readAll'>,
    private readonly service: string,
  ) {}

  async owes(told: After, position: After): Promise<boolean> {
    const { known } = this;
    const answered = known && (await answerOf(known, told, position));
    return answered ?? this.ask(told, position, known);
  }

  private async ask(told: After, position: After, before: Known | undefined): Promise<boolean> {
    const filter = { streamPrefixes: [`${this.service}.`] };
    const first = behind(told, before).then((after) => firstAfter(this.store, { after, filter }));
    const known = { told, first, upTo: position };
    this.known = known;
    first.catch(() => this.known === known && (this.known = undefined));
    return isUpTo(await first, position);
  }
}

/** From where to look: a service that never tells anything, since it does not run, must not have the whole record searched for each request. */
const behind = async (told: After, before: Known | undefined): Promise<After> =>
  before && reached(told, before.told) && (await before.first) === undefined ? later(told, before.upTo) : told;

/** Undefined where what is known does not say. */
const answerOf = async ({ told: before, first: asked, upTo }: Known, told: After, position: After): Promise<boolean | undefined> => {
  if (!reached(told, before)) return undefined;
  const first = await asked;
  if (first !== undefined) return reached(told, first) ? undefined : isUpTo(first, position);
  return reached(upTo, position) ? false : undefined;
};

const isUpTo = (first: After | undefined, position: After): boolean => first !== undefined && reached(position, first);

const earlier = (a: After, b: After): After => (reached(a, b) ? b : a);
