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
  constructor(
    private readonly connection: Connection,
    private readonly options: ClaimsOptions,
  ) {}

  async alone<T>(name: string, work: () => Promise<T>): Promise<T> {
    const token = randomUUID();
    await this.take(name, token);
    try {
      return await work();
    } finally {
      await this.claims().deleteOne({ _id: name, token });
    }
  }

  private async take(name: string, token: string): Promise<void> {
    let watched = { token: '', sinceMs: 0 };
    for (;;) {
      if (await this.inserted(name, token)) return;
      const held = await this.claims().findOne({ _id: name });
      const now = this.options.monotonicMs();
      if (held?.token !== watched.token) watched = { token: held?.token ?? '', sinceMs: now };
      else if (held && now - watched.sinceMs >= (this.options.deadAfterMs ?? 2_000))
        await this.claims().deleteOne({ _id: name, token: held.token });
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
