import { NotLeaderError, StreamDeletedError, StreamNotFoundError, UnavailableError, type KurrentDBClient } from '@kurrent/kurrentdb-client';

const told = [StreamNotFoundError, StreamDeletedError, NotLeaderError];

/**
 * The client that reads. It is separate, because reads run in the client's native part, which connects by itself: when it cannot connect, or its node
 * is gone, it never looks for another (in `grpc.rs` of the Rust client the loop ends, or the old node is returned again). So a client that failed is
 * dropped, and the next read uses a new one.
 */
export class ReadingClient {
  #client: KurrentDBClient | undefined;

  constructor(private readonly make: () => KurrentDBClient) {}

  async read<T>(work: (client: KurrentDBClient) => Promise<T>): Promise<T> {
    try {
      return await this.#once(work);
    } catch (error) {
      // The connection may have been lost while nobody read. Reading twice does no harm.
      if (error instanceof UnavailableError) return this.#once(work);
      throw error;
    }
  }

  async #once<T>(work: (client: KurrentDBClient) => Promise<T>): Promise<T> {
    const client = (this.#client ??= this.make());
    try {
      return await work(client);
    } catch (error) {
      if (!told.some((kind) => error instanceof kind) && this.#client === client) this.#client = undefined;
      throw error;
    }
  }
}
