import { closeSync, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';

const toDisk = promisify(fdatasync);

/**
 * Waits until everything that was written to a file is on the disk, without holding up the thread that writes. Whoever asks while it waits already is
 * served by one more wait, which begins after their writes.
 */
export class Flusher {
  private readonly file: number;
  private running: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;

  /** @param path a file that is there and stays: the write-ahead log of a database that is open */
  constructor(
    path: string,
    private readonly sync: (file: number) => Promise<void> = toDisk,
  ) {
    this.file = openSync(path, 'r+');
  }

  /** @throws whatever the disk answers; what was written before may then be lost, whatever a later flush says */
  flush(): Promise<void> {
    this.next ??= this.afterRunning();
    return this.next;
  }

  /** Resolves when nobody waits any more. */
  async close(): Promise<void> {
    await Promise.allSettled([this.running, this.next]);
    closeSync(this.file);
  }

  private async afterRunning(): Promise<void> {
    await this.running.catch(() => undefined);
    this.next = undefined;
    this.running = this.sync(this.file);
    return this.running;
  }
}
