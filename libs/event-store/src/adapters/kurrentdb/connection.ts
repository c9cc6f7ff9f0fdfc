import type { KurrentDBClient } from '@kurrent/kurrentdb-client';

/** A client in use, and the signal that it was left. */
export interface Line {
  readonly client: KurrentDBClient;
  readonly left: AbortSignal;
}

/**
 * The client that appends and follows. It connects again by itself when it learns that its connection is gone; where answers just stay out, it would
 * wait for as long as the connection seems to be open, so it is left for a new one, with all that waits on it (see `isDeadEnd`).
 */
export class Connection {
  #client: KurrentDBClient | undefined;
  #left = new AbortController();

  constructor(private readonly make: () => KurrentDBClient) {}

  get line(): Line {
    return { client: (this.#client ??= this.make()), left: this.#left.signal };
  }

  /** Connects, so that the first append finds a connection that works. The client makes the same request before its first append. */
  async ready(): Promise<void> {
    await (this.line.client as unknown as { readonly capabilities?: Promise<unknown> }).capabilities;
  }

  leave({ client }: Line): void {
    if (client !== this.#client) return;
    this.#client = undefined;
    this.#left.abort();
    this.#left = new AbortController();
    // Its streams lead nowhere; nobody waits until they have ended.
    client.dispose().catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#left.abort();
    await this.#client?.dispose();
  }
}
