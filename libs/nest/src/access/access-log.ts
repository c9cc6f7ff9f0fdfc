import { Batcher, type Pending } from '@waymark/async';
import { AccessDecided, CasesListed } from '@waymark/access';
import { StoreUnavailable, type EventStore, type NewEvent } from '@waymark/event-store';
import type { CaseId, Clock, DomainEvent, Ids, NonEmpty, StreamName, Uuid } from '@waymark/kernel';
import type { RequestContext } from '../identity/request-context.js';
import { Problem } from '../problems/problem.js';

/** Who makes the request, and which request it is. */
export type Asker = Pick<RequestContext, 'actor' | 'purpose' | 'correlationId' | 'commandId' | 'now'>;

interface Deps {
  readonly store: Pick<EventStore, 'append'>;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** So many are appended at once at most. */
const mostAtOnce = 500;

const isFull = (error: unknown): boolean => error instanceof StoreUnavailable && error.reason === 'disk-full';

/** Nothing of the case is shown or done while it cannot be recorded that it was. @param because why it cannot */
export const cannotRecord = (because: unknown): Problem =>
  new Problem(
    {
      type: 'urn:waymark:problem:access-log-unavailable',
      title: 'Not available now',
      status: 503,
      detail: isFull(because)
        ? 'The disk is full, and access cannot be recorded, so nothing is shown and nothing was done. It goes on once your operator has made room.'
        : 'Access cannot be recorded now, so nothing is shown and nothing was done. Try again; your operator finds the reason in the log.',
      rule: 'ACC-02',
    },
    { 'retry-after': '5' },
  );

/**
 * The log of who saw and did what (ACC-02): a log of its own, beside the cases'. Each process writes to a stream of its own, a day each, so that none is
 * contended for; whoever waits shares an append, and so one fsync.
 */
export class AccessLog {
  private readonly events = new Batcher<NewEvent, void>((batch) => this.write(batch), {
    closing: 'end-of-turn',
    oneAtATime: true,
    limit: mostAtOnce,
  });
  private stream: { readonly name: StreamName; readonly day: string; version: number } | undefined;

  constructor(
    private readonly deps: Deps,
    /** Called with the error when it could not record. */
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Resolves once it is on disk. @throws Problem 503 when it cannot be recorded */
  async decided(asker: Asker, data: Parameters<typeof AccessDecided>[0]): Promise<void> {
    await this.record(asker, data.caseId, AccessDecided(data));
  }

  /** @throws Problem 503 when it cannot be recorded */
  async listed(asker: Asker, data: Parameters<typeof CasesListed>[0]): Promise<void> {
    await this.record(asker, null, CasesListed(data));
  }

  private record({ actor, purpose, correlationId, commandId, now }: Asker, caseId: CaseId | null, event: DomainEvent): Promise<void> {
    const id = this.deps.ids.next() as Uuid;
    const envelope = {
      caseId,
      occurredAt: now,
      actor,
      purpose,
      correlationId,
      causationId: commandId,
      policy: { pack: 'access', version: '1' },
    };
    return this.events.add({ id, type: event.type, data: event.data, ...envelope });
  }

  private async write(batch: readonly Pending<NewEvent, void>[]): Promise<void> {
    try {
      const stream = this.today();
      const { store, ids } = this.deps;
      const events = batch.map(({ item }) => item) as unknown as NonEmpty<NewEvent>;
      const { last } = await store.append(stream.name, stream.version === 0 ? 'none' : stream.version, events, ids.next() as Uuid);
      stream.version = last;
      for (const { resolve } of batch) resolve();
    } catch (error) {
      this.onFailure(error);
      // Whether something was written all the same is not known: a new stream depends on nothing.
      this.stream = undefined;
      throw cannotRecord(error);
    }
  }

  private today() {
    const day = this.deps.clock.now().slice(0, 10);
    if (this.stream?.day !== day) this.stream = { name: `access.log-${day}-${this.deps.ids.next()}`, day, version: 0 };
    return this.stream;
  }
}
