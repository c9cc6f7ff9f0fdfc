import type { Filter, Recorded } from '@waymark/event-store';
import type { AnyEventDefinition, DomainEvent, EventOf } from '@waymark/kernel';
import type { Collection } from '@waymark/read-model';
import { rebuild, type Rebuilt } from './rebuild.js';
import { Subscriber, type LogSurroundings } from './subscriber.js';
import type { Progress } from './reaction.js';
import type { DocumentRef, Documents } from './unit-of-work.js';

/** Distributes over a union of definitions, so that a switch over `event.type` narrows `event.data`. */
export type RecordedOf<D extends AnyEventDefinition> = D extends AnyEventDefinition
  ? EventOf<D> extends infer E extends DomainEvent
    ? Recorded<E>
    : never
  : never;

/** Documents made from events, and nothing else: no clock, no other service, no command. */
export interface Projection<D extends AnyEventDefinition = AnyEventDefinition> {
  /** `<service>.<name>`. */
  readonly name: string;
  /** Its own; no other projection writes them, since a rebuild replaces them. */
  readonly collections: readonly Collection[];
  /** Earlier versions of a type come with it, read as the newest. */
  readonly handles: readonly D[] | 'all';
  readonly project: (event: RecordedOf<D>, documents: Documents) => void | Promise<void>;
  /** What `project` will read, so that a batch reads it in one go. Leaving some out costs time, nothing else. */
  readonly needs?: (event: RecordedOf<D>) => readonly DocumentRef[];
}

export const projection = <const D extends AnyEventDefinition>(definition: Projection<D>): Projection<D> => definition;

/** The log holds events under the type that they were written with, so the filter lets every version of a type through. */
export const filterOf = (handles: readonly AnyEventDefinition[] | 'all'): Filter | undefined =>
  handles === 'all' ? undefined : { typePrefixes: handles.map(({ type }) => String(type).replace(/\.v\d+$/, '.v')) };

/** Runs a projection, and rebuilds it beside itself. */
export class ProjectionReaction<D extends AnyEventDefinition = AnyEventDefinition> extends Subscriber {
  private rebuilding = false;
  private readonly filter: Filter | undefined;

  constructor(
    private readonly definition: Projection<D>,
    private readonly surroundings: LogSurroundings,
  ) {
    const filter = filterOf(definition.handles);
    super(
      {
        name: definition.name,
        ...(filter ? { filter } : {}),
        effect: async (events, documents) => {
          const { needs, project } = definition;
          const handled = events as unknown as readonly RecordedOf<D>[];
          if (needs) await documents.prefetch(handled.flatMap(needs));
          for (const event of handled) await project(event, documents);
        },
      },
      surroundings,
    );
    this.filter = filter;
  }

  /** Makes the collections where they are missing. Queries and `start` come after it. */
  async declare(): Promise<void> {
    for (const collection of this.definition.collections) await this.surroundings.readModel.declare(collection);
  }

  /**
   * Fills a new generation from the log while the old one serves, then swaps and goes on from there.
   * @throws TypeError when a rebuild is at work already
   */
  async rebuild(onProgress?: (progress: Progress) => void): Promise<Rebuilt> {
    if (this.rebuilding) throw new TypeError(`${this.name}: a rebuild is at work; wait for it`);
    this.rebuilding = true;
    try {
      const { definition, filter, surroundings } = this;
      return await rebuild({ subscriber: this, collections: definition.collections, filter, around: surroundings, onProgress });
    } finally {
      this.rebuilding = false;
    }
  }
}
