import type { Connection } from 'mongoose';

/** What a process that is lost never comes back from. */
const never = new Promise<never>(() => undefined);

/** `amid`: of a write of many documents the first half took effect. */
export type When = 'before' | 'amid' | 'after';

type Method = (...args: unknown[]) => unknown;

const asks = new Set([
  'toArray',
  'findOne',
  'countDocuments',
  'createIndex',
  'dropCollection',
  'insertOne',
  'updateOne',
  'deleteOne',
  'deleteMany',
]);
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
        return typeof value === 'function' ? this.method(of, String(name), value as Method) : value;
      },
    });
  }

  private method(of: object, name: string, method: Method): Method {
    const call: Method = (...args) => method.apply(of, args);
    if (passes.has(name)) return (...args) => this.wrapped(call(...args) as object);
    if (asksMany.has(name))
      return (...args) => {
        const all = args[0] as unknown[];
        return this.request(
          () => call(...args),
          () => call(all.slice(0, Math.ceil(all.length / 2)), ...args.slice(1)),
        );
      };
    return asks.has(name) ? (...args) => this.request(() => call(...args)) : call;
  }

  private async request(whole: () => unknown, half: () => unknown = () => undefined): Promise<unknown> {
    if (this.dead) return never;
    this.requests += 1;
    if (this.requests === this.killAt) return this.lastRequest(whole, half);
    const answer = await whole();
    return this.dead ? never : answer;
  }

  private async lastRequest(whole: () => unknown, half: () => unknown): Promise<never> {
    const done = { before: () => undefined, amid: half, after: whole }[this.when];
    await Promise.resolve(done()).catch(() => undefined);
    return this.die();
  }

  private die(): Promise<never> {
    this.dead = true;
    this.onDeath();
    this.tellDeath();
    return never;
  }
}
