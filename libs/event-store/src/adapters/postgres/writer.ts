import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '@waymark/kernel';
import { StoreUnavailable, WrongExpectedVersion, type Appended } from '../../event-log.js';
import { isCollision, isLost, isOfOneAppend } from './errors.js';
import { appendCall, resultOf, valuesOf, type AppendRequest, type Outcome } from './group.js';
import type { Line } from './line.js';
import { Queue, type Waiting } from './queue.js';

/** A second group is on its way while the first is committed, so that neither side waits for the other. */
const groupsUnderway = 2;
const firstPauseMs = 25;
const longestPauseMs = 500;

export interface WriterOptions {
  readonly line: Line;
  readonly clock: Clock;
  /** How long the outcome of an append whose answer was lost is looked for. */
  readonly timeoutMs: number;
  /** Puts an engine's error into the port's words. */
  readonly told: (error: unknown) => unknown;
  /** Told of the newest position after every commit. */
  readonly onCommit: (place: number) => void;
}

/** Sends appends in groups, each group one call and so one transaction. */
export class Writer {
  readonly #queue = new Queue(() => this.#pump());
  readonly #closing = new AbortController();
  #underway = 0;
  #idle: (() => void) | undefined;

  constructor(private readonly options: WriterOptions) {}

  append(request: AppendRequest): Promise<Appended> {
    return new Promise((resolve, reject) => this.#queue.add({ ...request, resolve, reject }));
  }

  /** Whatever was asked before is answered first; what became unclear is not waited for. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#pump();
    if (this.#underway > 0) await new Promise<void>((resolve) => (this.#idle = resolve));
    await this.options.line.drop();
  }

  #pump(): void {
    while (this.#underway < groupsUnderway && this.#queue.length > 0) {
      this.#underway += 1;
      void this.#settle(this.#queue.take()).finally(() => {
        this.#underway -= 1;
        this.#pump();
        if (this.#underway === 0) this.#idle?.();
      });
    }
  }

  /**
   * Until every append of the group is answered. When the answer of the server is lost, the same appends are sent again over a new connection:
   * their command ids tell those that were written from those that were not. What was surely not written is not tried again.
   */
  async #settle(group: readonly Waiting[]): Promise<void> {
    const patience = AbortSignal.any([AbortSignal.timeout(this.options.timeoutMs), this.#closing.signal]);
    let unclear = false;
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      const sent = await this.#send(group);
      if (!sent.failed) return this.#answer(group, sent.outcomes, unclear);
      if (isOfOneAppend(sent.error) && group.length > 1) return this.#settleEach(group);
      unclear ||= sent.unclear;
      if (!(unclear && isWorthAnotherTry(sent.error)) || patience.aborted) return this.#refuse(group, sent.error, unclear);
      await delay(pauseMs, undefined, { signal: patience }).catch(() => undefined);
    }
  }

  async #settleEach(group: readonly Waiting[]): Promise<void> {
    await Promise.all(group.map((one) => this.#settle([one])));
  }

  async #send(group: readonly Waiting[]): Promise<Sent> {
    let began = false;
    try {
      const client = await this.options.line.client();
      const values = valuesOf(group, this.options.clock.now());
      began = true;
      const { rows } = await client.query<[...Outcome]>({ ...appendCall, values });
      return { failed: false, outcomes: rows };
    } catch (error) {
      return { failed: true, error, unclear: began && isWorthAnotherTry(error) };
    }
  }

  #answer(group: readonly Waiting[], outcomes: readonly Outcome[], again: boolean): void {
    let reached = 0;
    for (const [index, waiting] of group.entries()) {
      const outcome = outcomes[index]!;
      const result = resultOf(waiting, outcome, again);
      if (result instanceof WrongExpectedVersion) waiting.reject(result);
      else waiting.resolve(result);
      reached = Math.max(reached, Number(outcome[4] ?? 0));
    }
    if (reached > 0) this.options.onCommit(reached);
  }

  #refuse(group: readonly Waiting[], error: unknown, unclear: boolean): void {
    const told = this.options.told(error);
    const refusal = unclear && told instanceof StoreUnavailable ? withDoubt(told) : told;
    for (const { reject } of group) reject(refusal);
  }
}

type Sent =
  | { readonly failed: false; readonly outcomes: readonly Outcome[] }
  | { readonly failed: true; readonly error: unknown; readonly unclear: boolean };

const isWorthAnotherTry = (error: unknown): boolean => isLost(error) || isCollision(error);

const withDoubt = ({ message, reason, cause }: StoreUnavailable): StoreUnavailable =>
  new StoreUnavailable(
    `${message}. Whether this was written is not known; the same command given again finds out, and is not done twice.`,
    reason,
    { cause },
  );
