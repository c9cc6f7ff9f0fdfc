import type pg from 'pg';

/** One connection that is made at its first use, and again after it was lost. */
export class ReconnectingClient {
  #client: Promise<pg.Client> | undefined;
  #told: () => void = () => undefined;

  constructor(private readonly connect: () => Promise<pg.Client>) {}

  /** Concurrent callers wait for the same connection. */
  client(): Promise<pg.Client> {
    return (this.#client ??= this.#open());
  }

  /** Called before the first query on a new connection. */
  onNew(tell: () => void): void {
    this.#told = tell;
  }

  #open(): Promise<pg.Client> {
    const opening = this.connect().then((client) => {
      this.#told();
      client.once('end', () => this.#forget(opening));
      return client;
    });
    opening.catch(() => this.#forget(opening));
    return opening;
  }

  #forget(lost: Promise<pg.Client>): void {
    if (this.#client === lost) this.#client = undefined;
  }

  /** Gives up a connection that is of no use any more, whatever it was at. */
  async drop(): Promise<void> {
    const dropped = this.#client;
    this.#client = undefined;
    const client = await dropped?.catch(() => undefined);
    await client?.end().catch(() => undefined);
  }
}
