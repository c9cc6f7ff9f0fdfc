/** Work that goes on from `start` until `stop`. Either may be said twice. */
export class Running {
  private stopping: AbortController | undefined;
  private ended: Promise<void> = Promise.resolve();

  constructor(private readonly work: (signal: AbortSignal) => Promise<void>) {}

  /** Aborted once the work is asked to stop; undefined while none is done. */
  get signal(): AbortSignal | undefined {
    return this.stopping?.signal;
  }

  start(): void {
    if (this.stopping) return;
    this.stopping = new AbortController();
    this.ended = this.work(this.stopping.signal);
  }

  /** Resolves when what was at work is done. */
  async stop(): Promise<void> {
    this.stopping?.abort();
    await this.ended;
    this.stopping = undefined;
  }
}
