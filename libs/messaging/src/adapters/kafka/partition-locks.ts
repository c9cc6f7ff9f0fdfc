/** One piece of work at a time for each partition number, whatever the topic. */
export class PartitionLocks {
  private readonly last = new Map<number, Promise<unknown>>();

  take<T>(partition: number, work: () => Promise<T>): Promise<T> {
    const mine = (this.last.get(partition) ?? Promise.resolve()).then(work);
    this.last.set(
      partition,
      mine.catch(() => undefined),
    );
    return mine;
  }

  /** Resolves when all that was begun is done. */
  async free(): Promise<void> {
    await Promise.all(this.last.values());
  }
}
