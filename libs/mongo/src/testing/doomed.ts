import type { Connection } from 'mongoose';

/** What a process that is lost never comes back from. */
const never = new Promise<never>(() => undefined);

/** `amid`: of a write of many documents the first half took effect. */
export type When = 'before' | 'amid' | 'after';

const asks = new Set(['findOne', 'countDocuments', 'createIndex', 'dropCollection', 'insertOne', 'updateOne', 'deleteOne', 'deleteMany']);
const asksMany = new Set(['bulkWrite', 'insertMany']);
const passes = new Set(['collection', 'find', 'sort', 'limit', 'project', 'admin']);

/**
 * Stands for the connection of a process that is killed at its n-th request: before the server did it, amid it, or after it was done and before the
 * process knew. From then on nothing that the process began continues.
 */
export class DoomedConnection {
  requests = 0;
  private dead = false;
  private tellDeath = (): void => undefined;
  readonly died = new Promise<void>((resolve) => (this.tellDeath = resolve));

  constructor(
    private readonly killAt: number = Infinity,
    private readonly when: When = 'before',
    private readonly onDeath: () => void = () => undefined,
  ) {}

  around(connection: Connection): Connection {
    return this.wrapped(connection);
  }

  private wrapped<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (of, name) => {
        const value: unknown = Reflect.get(of, name);
        if (name === 'db') return this.wrapped(value as object);
        if (typeof value !== 'function') return value;
        const call = (...args: unknown[]) => (value as (...all: unknown[]) => unknown).apply(of, args);
        if (typeof name === 'string' && passes.has(name)) return (...args: unknown[]) => this.wrapped(call(...args) as object);
        if (name === 'toArray' || (typeof name === 'string' && asks.has(name)))
          return (...args: unknown[]) => this.request(() => call(...args));
        if (typeof name === 'string' && asksMany.has(name))
          return (...args: unknown[]) =>
            this.request(
              () => call(...args),
              () => call((args[0] as unknown[]).slice(0, Math.ceil((args[0] as unknown[]).length / 2)), ...args.slice(1)),
            );
        return call;
      },
    });
  }

  private async request(whole: () => unknown, half?: () => unknown): Promise<unknown> {
    if (this.dead) return never;
    this.requests += 1;
    const last = this.requests === this.killAt;
    if (last && this.when === 'amid') await Promise.resolve(half?.()).catch(() => undefined);
    if (last && this.when !== 'after') return this.die();
    const answer = await whole();
    if (last) return this.die();
    return this.dead ? never : answer;
  }

  private die(): Promise<never> {
    this.dead = true;
    this.onDeath();
    this.tellDeath();
    return never;
  }
}
