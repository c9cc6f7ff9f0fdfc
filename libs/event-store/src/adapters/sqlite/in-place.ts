import { statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const leastRoomBytes = 1024 * 1024;

/**
 * Whether a database's files are still where they were opened. A process goes on writing into a file that somebody deleted or replaced, and what it writes
 * is lost with it; the write-ahead log counts as much as the file itself.
 */
export class InPlace {
  readonly #known = new Map<string, string>();

  constructor(private readonly path: string) {
    this.isIntact();
  }

  /** Costs two `stat` calls, microseconds beside a sync. */
  isIntact(): boolean {
    return [this.path, `${this.path}-wal`].every((file) => this.#isSame(file));
  }

  /** Whether the disk has room for more than an event. */
  hasRoom(): boolean {
    try {
      const { bavail, bsize } = statfsSync(dirname(this.path));
      return bavail * bsize >= leastRoomBytes;
    } catch {
      return false;
    }
  }

  #isSame(file: string): boolean {
    const found = statSync(file, { throwIfNoEntry: false });
    const known = this.#known.get(file);
    const now = found && `${found.dev}:${found.ino}`;
    // The write-ahead log is made at the first write.
    if (known === undefined && now !== undefined) this.#known.set(file, now);
    return known === undefined || known === now;
  }
}
