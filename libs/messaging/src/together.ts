/** One question at a time for all who ask the same, each answered by one that was put after they asked. */
export class Together<T> {
  private running: Promise<T> | undefined;
  private next: Promise<T> | undefined;

  constructor(private readonly question: () => Promise<T>) {}

  ask(): Promise<T> {
    if (!this.running) return this.put();
    const put = () => this.put();
    return (this.next ??= this.running.then(put, put));
  }

  private put(): Promise<T> {
    this.next = undefined;
    const running = this.question().finally(() => {
      if (this.running === running) this.running = undefined;
    });
    this.running = running;
    return running;
  }
}
