import type { Recorded } from '@waymark/event-store';
import type { Message } from '@waymark/messaging';
import type { Collection, Document } from '@waymark/read-model';

/** The documents of one batch: read through, changed in memory, written once with the checkpoint. */
export interface Documents {
  get<D extends Document>(collection: string, id: string): Promise<D | undefined>;
  put(collection: string, document: Document): void;
  remove(collection: string, id: string): void;
}

/** A read model over a service's own events, as the service declares it. */
export interface ProjectionDefinition {
  /** `<service>.<what>`: names its checkpoint. */
  readonly name: string;
  readonly collections: readonly Collection[];
  /** The event types it takes in. */
  readonly handles: readonly string[];
  /** Pure but for the documents. Taking the same event twice gives the same documents. */
  readonly project: (event: Recorded, documents: Documents) => Promise<void> | void;
}

/** What a service keeps of others, from their published events. */
export interface CopyDefinition {
  /** `<service>.<what>`: names its consumer group. */
  readonly name: string;
  readonly collections: readonly Collection[];
  /** The contract types it takes in. */
  readonly takes: readonly string[];
  /** Taking the same message twice gives the same documents. */
  readonly take: (message: Message, documents: Documents) => Promise<void> | void;
}
