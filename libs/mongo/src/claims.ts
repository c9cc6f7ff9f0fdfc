import { randomUUID } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import { isDuplicate } from './errors.js';
import { databaseOf, durable, serverOf } from './server.js';

/** Does something while nobody else does something under the same name, as far as comparing and writing one document needs it. */
export interface Claims {
  alone<T>(name: string, work: () => Promise<T>): Promise<T>;
}

const collection = '_claims';
const askEveryMs = 20;

export interface ClaimsOptions {
  readonly monotonicMs: () => number;
  /** A claim that stood still this long is a dead process's. Default 2,000; the work under a claim is one write. */
  readonly deadAfterMs?: number;
}

/**
 * MongoDB compares and writes in one step and needs no claim. Where the server does not ({@link Server.atomicUpdates}) a claim goes first: a small
 * document whose insert succeeds for one alone, on every server. It only narrows that gap; the comparison behind it decides.
 */
export const claimsFor = async (connection: Connection, options: ClaimsOptions): Promise<Claims> =>
  (await serverOf(connection)).atomicUpdates ? { alone: (_, work) => work() } : new InsertedClaims(connection, options);

class InsertedClaims implements Claims {
  private readonly deadAfterMs: number;
  /** Claims of this process that are being let go: what was done under them is done, and is not held up by it. */
  private readonly leaving = new Map<string, Promise<unknown>>();

  constructor(
    private readonly connection: Connection,
    private readonly options: ClaimsOptions,
  ) {
    this.deadAfterMs = options.deadAfterMs ?? 2_000;
  }

  async alone<T>(name: string, work: () => Promise<T>): Promise<T> {
    const token = randomUUID();
    await this.leaving.get(name);
    await this.take(name, token);
    try {
      return await work();
    } finally {
      this.leave(name, token);
    }
  }

  /** One that cannot be let go now is broken by whoever wants it next, like that of a dead process. */
  private leave(name: string, token: string): void {
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
