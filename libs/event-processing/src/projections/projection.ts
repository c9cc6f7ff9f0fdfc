import type { Filter, Recorded } from '@waymark/event-store';
import type { AnyEventDefinition, DomainEvent, EventOf, OpenPart } from '@waymark/kernel';
import { ReadModelUnusable, type Collection } from '@waymark/read-model';
import { rebuild, type Rebuilt } from './rebuild.js';
import { Subscriber } from '../log/subscriber.js';
import type { LogReactionDeps, Reads } from '../log/log-subscription.js';
import type { Progress } from '../core/reaction.js';
import type { DocumentRef, Documents } from '../core/unit-of-work.js';

/** Distributes over a union of definitions, so that a switch over `event.type` narrows `event.data`. */
export type RecordedOf<D extends AnyEventDefinition> = D extends AnyEventDefinition
  ? EventOf<D> extends infer E extends DomainEvent
    ? Recorded<E>
    : never
  : never;

/** The same with the sealed fields left out. */
export type SealedOf<D extends AnyEventDefinition> = D extends AnyEventDefinition
  ? EventOf<D> extends DomainEvent<infer T, infer Data>
    ? Recorded<DomainEvent<T, OpenPart<Data>>>
    : never
  : never;

/** Documents made from events, and nothing else: no clock, no other service, no command. */
export interface Projection<D extends AnyEventDefinition = AnyEventDefinition, O extends D = D> {
  /** `<service>.<name>`. */
  readonly name: string;
  /**
   * Counts up, from 1, whenever its documents get another form. What an earlier build has made is made anew from the log at the start, once, before anything
   * else of the service begins.
   */
  readonly version?: number;
  /** Its own; no other projection writes them, since a rebuild replaces them. */
  readonly collections: readonly Collection[];
  /** Earlier versions of a type come with it, read as the newest. */
  readonly handles: readonly D[] | 'all';
  /**
   * Those of them whose personal fields it looks at; of the others it is given the open fields alone, in their newest version. Left out: everything is
   * opened, which costs the deciphering and hands out more than is needed, nothing else.
   */
  readonly opens?: readonly O[];
  readonly project: (event: Given<D, O>, documents: Documents) => void | Promise<void>;
  /** What `project` will read, so that a batch reads it in one go. Leaving some out costs time, nothing else. */
  readonly needs?: (event: Given<D, O>) => readonly DocumentRef[];
}

type Given<D extends AnyEventDefinition, O extends D> = RecordedOf<O> | SealedOf<Exclude<D, O>>;

/** A look at a field that was not opened does not compile. What runs it need not know which are: who bears sealed events bears opened ones. */
export const projection = <const D extends AnyEventDefinition, const O extends D = D>(definition: Projection<D, O>): Projection<D> =>
  definition as unknown as Projection<D>;

/** The log holds events under the type that they were written with, so the filter lets every version of a type through. */
export const filterOf = (handles: readonly AnyEventDefinition[] | 'all'): Filter | undefined =>
  handles === 'all' ? undefined : { typePrefixes: handles.map(({ type }) => String(type).replace(/\.v\d+$/, '.v')) };

export interface ProjectionDeps extends LogReactionDeps {
  /** On a store to which each write is a round trip: see {@link LogSubscription.restMs}. */
  readonly restMs?: number;
}

/** Under which the version of what a projection has made is kept, beside its checkpoint. */
const versionOf = (projection: string): string => `${projection}.version`;

/** Runs a projection, and rebuilds it beside itself. */
export class ProjectionReaction<D extends AnyEventDefinition = AnyEventDefinition> extends Subscriber {
  private rebuilding = false;
  private readonly reads: Reads;

  constructor(
    private readonly definition: Projection<D>,
    private readonly projectionDeps: ProjectionDeps,
  ) {
    const filter = filterOf(definition.handles);
    const opens = definition.opens?.map(({ type }) => String(type));
    const reads: Reads = { ...(filter ? { filter } : {}), ...(opens ? { opens } : {}) };
    super(
      {
        name: definition.name,
        ...reads,
        ...(projectionDeps.restMs === undefined ? {} : { restMs: projectionDeps.restMs }),
        effect: async (events, documents) => {
          const { needs, project } = definition;
          const handled = events as unknown as readonly RecordedOf<D>[];
          if (needs) await documents.prefetch(handled.flatMap(needs));
          for (const event of handled) await project(event, documents);
        },
      },
      projectionDeps,
    );
    this.reads = reads;
  }

  /** Makes the collections where they are missing. Queries and `start` come after it. */
  async declare(): Promise<void> {
    for (const collection of this.definition.collections) await this.projectionDeps.readModel.declare(collection);
  }

  /** Makes the documents of an earlier version anew. Cut off at any moment, it is done again by the next start. */
  async takeForward(): Promise<void> {
    const { name, version = 1 } = this.definition;
    const { readModel } = this.projectionDeps;
    const before = await readModel.checkpoint(versionOf(name));
    const made = before === 'start' ? 1 : Number(before);
    if (made === version) return;
    if (made > version)
      throw new ReadModelUnusable(
        `The list ${name} was made by a later version of Waymark (${made}, this one makes ${version}). Start that version, or put back the backup from before it.`,
      );
    if ((await readModel.checkpoint(name)) !== 'start') await this.rebuild();
    await readModel.write({
      changes: [],
      checkpoint: { subscriber: versionOf(name), after: before, position: String(version).padStart(6, '0') },
    });
  }

  /**
   * Fills a new generation from the log while the old one serves, then swaps and goes on from there.
   * @throws TypeError when a rebuild is at work already
   */
  async rebuild(onProgress?: (progress: Progress) => void): Promise<Rebuilt> {
    if (this.rebuilding) throw new TypeError(`${this.name}: a rebuild is at work; wait for it`);
    this.rebuilding = true;
    try {
      const { definition, reads } = this;
      return await rebuild({ subscriber: this, collections: definition.collections, reads, deps: this.projectionDeps, onProgress });
    } finally {
      this.rebuilding = false;
    }
  }
}
