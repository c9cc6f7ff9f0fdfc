import { randomUUID } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { KeyedMutex } from '@waymark/async';
import type { Connection } from 'mongoose';
import { isDuplicate } from './errors.js';
import { databaseOf, durable, serverOf } from './server.js';

/** Does something while nobody else does something under the same name, as far as comparing and writing one document needs it. */
export interface Claims {
  alone<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Lets go of what is kept, before the connection closes. */
  release(): Promise<void>;
}

const collection = '_claims';
const askEveryMs = 20;

export interface ClaimsOptions {
  readonly monotonicMs: () => number;
  /** A claim that stood still this long is a dead process's. Default 2,000; the work under a claim is one write. */
  readonly deadAfterMs?: number;
  /**
   * How long a claim is kept for the next work of this process under the same name, from when it was made; well below `deadAfterMs`. Default 0. Worth it where one
   * process at a time does one piece of work after the other: two requests less for each. Others wait for up to so long.
   */
  readonly keptMs?: number;
}

/** A claim of this process. */
interface Held {
  readonly token: string;
  readonly sinceMs: number;
}

/**
 * MongoDB compares and writes in one step and needs no claim. Where the server does not ({@link Server.atomicUpdates}) a claim goes first: a small
 * document whose insert succeeds for one alone, on every server. It only narrows that gap; the comparison behind it decides.
 */
export const claimsFor = async (connection: Connection, options: ClaimsOptions): Promise<Claims> =>
  (await serverOf(connection)).atomicUpdates
    ? { alone: (_, work) => work(), release: async () => undefined }
    : new InsertedClaims(connection, options);

/** A claim that nobody here wants for half the time that it may be kept is let go before: it may be others' turn. */
const idleOfKept = 0.5;

class InsertedClaims implements Claims {
  private readonly deadAfterMs: number;
  private readonly keptMs: number;
  /** What comes in this process under a name waits here for what came before it, without asking the server. */
  private readonly here = new KeyedMutex();
  private readonly kept = new Map<string, Held & { readonly idle: NodeJS.Timeout }>();
  /** Claims of this process that are being let go: what was done under them is done, and is not held up by it. */
  private readonly leaving = new Map<string, Promise<unknown>>();

  constructor(
    private readonly connection: Connection,
    private readonly options: ClaimsOptions,
  ) {
    this.deadAfterMs = options.deadAfterMs ?? 2_000;
    this.keptMs = options.keptMs ?? 0;
  }

  alone<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.here.run(name, () => this.claimed(name, work));
  }

  async release(): Promise<void> {
    for (const [name, { token }] of this.kept) this.leave(name, token);
    await Promise.all(this.leaving.values());
  }

  private async claimed<T>(name: string, work: () => Promise<T>): Promise<T> {
    const held = this.keptFor(name) ?? (await this.made(name));
    try {
      const done = await work();
      this.keep(name, held);
      return done;
    } catch (error) {
      this.leave(name, held.token);
      throw error;
    }
  }

  /** The one that was kept, while its time is not up. */
  private keptFor(name: string): Held | undefined {
    const kept = this.kept.get(name);
    if (!kept) return undefined;
    clearTimeout(kept.idle);
    this.kept.delete(name);
    if (this.isInTime(kept)) return kept;
    this.leave(name, kept.token);
    return undefined;
  }

  private async made(name: string): Promise<Held> {
    const held = { token: randomUUID(), sinceMs: this.options.monotonicMs() };
    await this.leaving.get(name);
    await this.take(name, held.token);
    return held;
  }

  private keep(name: string, held: Held): void {
    if (!this.isInTime(held)) return this.leave(name, held.token);
    const idle = setTimeout(() => this.leave(name, held.token), this.keptMs * idleOfKept);
    this.kept.set(name, { ...held, idle: idle.unref() });
  }

  private isInTime({ sinceMs }: Held): boolean {
    return this.options.monotonicMs() - sinceMs < this.keptMs;
  }

  /** One that cannot be let go now is broken by whoever wants it next, like that of a dead process. */
  private leave(name: string, token: string): void {
    clearTimeout(this.kept.get(name)?.idle);
    this.kept.delete(name);
    const letGo = async () => this.claims().deleteOne({ _id: name, token });
    const left = letGo()
      .catch(() => undefined)
      .finally(() => this.leaving.get(name) === left && this.leaving.delete(name));
    this.leaving.set(name, left);
  }

  private async take(name: string, token: string): Promise<void> {
    let watched = { token: '', sinceMs: 0 };
    while (!(await this.inserted(name, token))) {
      const { token: held } = (await this.claims().findOne({ _id: name })) ?? { token: '' };
      const now = this.options.monotonicMs();
      if (held !== watched.token) watched = { token: held, sinceMs: now };
      if (now - watched.sinceMs >= this.deadAfterMs) await this.claims().deleteOne({ _id: name, token: held });
      else await after(askEveryMs);
    }
  }

  private async inserted(name: string, token: string): Promise<boolean> {
    try {
      await this.claims().insertOne({ _id: name, token }, durable);
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  private claims() {
    return databaseOf(this.connection).collection<{ _id: string; token: string }>(collection);
  }
}
