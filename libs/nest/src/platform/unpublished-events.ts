import type { After, EventStore } from '@waymark/event-store';
import { firstAfter, later, reached } from '@waymark/event-processing';
import type { RecentEventIndex } from './recent-event-index.js';

interface Known {
  readonly told: After;
  /** The first event of the service after that, among those up to `upTo`; undefined where there is none. */
  readonly first: Promise<After | undefined>;
  readonly upTo: After;
}

/** Whether a service has events up to a position that it has not published yet. */
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
   * True, too, where the newest part of the event log has yet to be seen here, which takes only a moment.
   * @param told how far the service has published. @param position one that was given out, so that all up to it can be read
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
 * The same by querying the event log, which is append-only: one query answers all who wait, and is repeated only when the service has published the event
 * that was known to be due.
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

/** From where to search: for a service that never publishes, since it does not run, the whole event log must not be searched for each request. */
const behind = async (told: After, before: Known | undefined): Promise<After> =>
  before && reached(told, before.told) && (await before.first) === undefined ? later(told, before.upTo) : told;

/** Undefined where what is known does not decide it. */
const answerOf = async ({ told: before, first: asked, upTo }: Known, told: After, position: After): Promise<boolean | undefined> => {
  if (!reached(told, before)) return undefined;
  const first = await asked;
  if (first !== undefined) return reached(told, first) ? undefined : isUpTo(first, position);
  return reached(upTo, position) ? false : undefined;
};

const isUpTo = (first: After | undefined, position: After): boolean => first !== undefined && reached(position, first);

const earlier = (a: After, b: After): After => (reached(a, b) ? b : a);
