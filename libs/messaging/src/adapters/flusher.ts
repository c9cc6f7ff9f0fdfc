import { closeSync, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import { SingleFlight } from '@waymark/async';

const toDisk = promisify(fdatasync);

/**
 * Waits until everything that was written to a file is on the disk, without holding up the thread that writes. Whoever asks while it waits already is
 * served by one more wait, which begins after their writes.
 */
export class Flusher {
  private readonly file: number;
  private readonly syncing: SingleFlight<void>;

  /** @param path a file that is there and stays: the write-ahead log of a database that is open */
  constructor(path: string, sync: (file: number) => Promise<void> = toDisk) {
    this.file = openSync(path, 'r+');
    this.syncing = new SingleFlight(() => sync(this.file));
  }

  /** @throws whatever the disk answers; what was written before may then be lost, whatever a later flush says */
  flush(): Promise<void> {
    return this.syncing.run();
  }

  /** Resolves when nobody waits any more. */
  async close(): Promise<void> {
    await this.syncing.idle();
    closeSync(this.file);
  }
}
