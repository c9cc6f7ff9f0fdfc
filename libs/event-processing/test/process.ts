/** What a process that is lost never comes back from. */
const never = new Promise<never>(() => undefined);

/**
 * Stands for a process that is killed at its n-th call of an engine: before the call took effect, or after it took effect and before its caller knew.
 * From then on nothing that it began continues.
 */
export class DoomedProcess {
  calls = 0;
  private dead = false;
  private tellDeath = (): void => undefined;
  readonly died = new Promise<void>((resolve) => (this.tellDeath = resolve));

  constructor(
    private readonly killAt: number = Infinity,
    private readonly when: 'before' | 'after' = 'before',
  ) {}

  async call<T>(work: () => Promise<T>): Promise<T> {
    if (this.dead) return never;
    this.calls += 1;
    const last = this.calls === this.killAt;
    if (last && this.when === 'before') return this.die();
    const result = await work();
    if (last) return this.die();
    return this.dead ? never : result;
  }

  /** The engine, each of whose methods counts as a call; iterables count each step. */
  around<T extends object>(engine: T): T {
    return new Proxy(engine, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]) => {
          const args = given.map((arg) =>
            typeof arg === 'function' ? (...inner: unknown[]) => this.call(() => arg(...inner) as Promise<unknown>) : arg,
          );
          const run = () => (value as (...all: unknown[]) => unknown).apply(target, args);
          if (name === 'read' || name === 'readAll' || name === 'subscribe') return this.steps(run() as AsyncIterable<unknown>);
          // Consuming lasts as long as the process: its steps are the handler's calls.
          return name === 'consume' ? run() : this.call(async () => this.wrapResult(await run()));
        };
      },
    });
  }

  /** A generation is an engine too. */
  private wrapResult(result: unknown): unknown {
    if (typeof result !== 'object' || result === null || !('swap' in result)) return result;
    const generation = result as unknown as { store: object };
    return this.around({ ...generation, store: this.around(generation.store) });
  }

  private async *steps<T>(pages: AsyncIterable<T>): AsyncIterable<T> {
    const iterator = pages[Symbol.asyncIterator]();
    for (;;) {
      const step = await this.call(() => iterator.next());
      if (step.done) return;
      yield step.value;
    }
  }

  die(): Promise<never> {
    this.dead = true;
    this.tellDeath();
    return never;
  }
}
