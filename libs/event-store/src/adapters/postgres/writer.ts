import { pauseMs, realSleep } from '@waymark/async';
import type { Clock, Uuid } from '@waymark/kernel';
import { EventIdTaken, StoreUnavailable, WrongExpectedVersion, type Appended, type Position } from '../../event-log.js';
import { asked } from './append-checked.js';
import { known } from './append-optimistic.js';
import type { Call, Outcome } from './call.js';
import { isCollision, isLost, isOfAnId, isOfOneAppend } from './errors.js';
import { GroupSize, groupsUnderway } from './group-size.js';
import { Heads } from './heads.js';
import type { ReconnectingClient } from './reconnecting-client.js';
import { Queue, type Waiting } from './queue.js';
import { timesOf, type AppendRequest } from './request.js';

const betweenTries = { firstPauseMs: 25, longestPauseMs: 500 };

export interface WriterOptions {
  readonly line: ReconnectingClient;
  readonly clock: Clock;
  /** How long the outcome of an append whose answer was lost is looked for. */
  readonly timeoutMs: number;
  /** Puts an engine's error into the port's words. */
  readonly told: (error: unknown) => unknown;
  /** Called with the newest position, once after every commit. */
  readonly onCommit: (newest: Position) => void;
}

/** Sends appends in groups, each group one call and so one transaction. */
export class Writer {
  readonly #queue = new Queue(() => this.#pump());
  readonly #closing = new AbortController();
  readonly #heads = new Heads();
  readonly #known = known(this.#heads);
  readonly #size = new GroupSize();
  #underway = 0;
  /** Appends of the groups underway. */
  #sent = 0;
  /** When the server last answered; before that it was not at the next group. */
  #answeredMs = 0;
  #idle: (() => void) | undefined;

  constructor(private readonly options: WriterOptions) {
    options.line.onNew(() => {
      this.#heads.forgetAll();
      this.#size.meetAnother();
    });
  }

  append(request: AppendRequest): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.#queue.add({ ...request, resolve, reject });
      if (this.#queue.length >= this.#size.enough) this.#pump();
    });
  }

  /** Answers all earlier appends first; does not wait for those whose outcome is unclear. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#pump();
    if (this.#underway > 0) await new Promise<void>((resolve) => (this.#idle = resolve));
    await this.options.line.drop();
  }

  #pump(): void {
    while (this.#underway < groupsUnderway && this.#queue.length > 0) {
      const group = this.#queue.take(this.#size.most(this.#sent + this.#queue.length));
      this.#underway += 1;
      this.#sent += group.length;
      void this.#settle(group).finally(() => {
        this.#underway -= 1;
        this.#sent -= group.length;
        // While the server works on another group, callers that were just answered may append again and share the next one.
        if (this.#underway > 0) setImmediate(() => this.#pump());
        else this.#pump();
        if (this.#underway === 0) this.#idle?.();
      });
    }
  }

  /**
   * Until every append of the group is answered. When the answer of the server is lost, the same appends are sent again over a new connection:
   * their command ids show which were written. What was certainly not written is not tried again.
   */
  async #settle(group: readonly Waiting[]): Promise<void> {
    let patience: AbortSignal | undefined;
    let unclear = false;
    for (let failures = 1; ; failures += 1) {
      const sent = await this.#send(group, unclear);
      if (!sent.failed) return this.#answer(group, sent.outcomes, unclear);
      unclear ||= sent.unclear;
      patience ??= AbortSignal.any([AbortSignal.timeout(this.options.timeoutMs), this.#closing.signal]);
      if (!(unclear && isWorthAnotherTry(sent.error)) || patience.aborted) return this.#giveUp(group, sent.error, unclear);
      await realSleep(pauseMs(betweenTries, failures), patience);
    }
  }

  async #giveUp(group: readonly Waiting[], error: unknown, unclear: boolean): Promise<void> {
    if (isOfOneAppend(error) && group.length > 1) return void (await Promise.all(group.map((one) => this.#settle([one]))));
    const refusal = isOfAnId(error) ? new EventIdTaken(idIn(error) ?? group[0]!.events[0].id) : this.#refusalOf(error, unclear);
    for (const { reject } of group) reject(refusal);
  }

  #refusalOf(error: unknown, unclear: boolean): unknown {
    const told = this.options.told(error);
    if (!(told instanceof StoreUnavailable)) return told;
    // The primary has become a replica; a new connection may lead to the one that took its place.
    if (told.reason === 'read-only') void this.options.line.drop();
    return unclear ? withDoubt(told) : told;
  }

  async #send(group: readonly Waiting[], again: boolean): Promise<Sent> {
    let began = false;
    try {
      const client = await this.options.line.client();
      const now = this.options.clock.now();
      const ask = async (call: Call): Promise<Sent> => {
        const values = call.values(group, now);
        began = true;
        const answer = client.query<unknown[]>({ ...call.query, values });
        const askedMs = performance.now();
        const { rows } = await answer;
        this.#learn(group.length, askedMs, timesOf(rows[0]!));
        return { failed: false, outcomes: call.outcomes(group, rows, now) };
      };
      if (again || !group.every((one) => this.#heads.knows(one))) return await ask(asked);
      return await ask(this.#known).catch((error: unknown) => (isCollision(error) ? ask(asked) : thrown(error)));
    } catch (error) {
      return { failed: true, error, unclear: began && isWorthAnotherTry(error) };
    }
  }

  #learn(appends: number, askedMs: number, times: ReturnType<typeof timesOf>): void {
    const answeredMs = performance.now();
    this.#size.learn({ appends, wholeMs: answeredMs - Math.max(askedMs, this.#answeredMs), ...times });
    this.#answeredMs = answeredMs;
  }

  #answer(group: readonly Waiting[], outcomes: readonly Outcome[], again: boolean): void {
    const written: Position[] = [];
    for (const [index, outcome] of outcomes.entries()) {
      const { stream, events, resolve, reject } = group[index]!;
      if (outcome instanceof WrongExpectedVersion) {
        this.#heads.forget(stream);
        reject(outcome);
        continue;
      }
      // Found after its own answer was lost: it was written by this very call.
      const appended = again && outcome.found?.id === events[0].id ? { ...outcome.appended, repeated: false } : outcome.appended;
      this.#heads.learn(outcome.appended);
      written.push(appended.position);
      resolve(appended);
    }
    // Positions order as text; those that were found lie further back, whatever their place in the group.
    const newest = written.sort().at(-1);
    if (newest !== undefined) this.options.onCommit(newest);
  }
}

type Sent =
  | { readonly failed: false; readonly outcomes: readonly Outcome[] }
  | { readonly failed: true; readonly error: unknown; readonly unclear: boolean };

const isWorthAnotherTry = (error: unknown): boolean => isLost(error) || (isCollision(error) && !isOfAnId(error));

/** `Key (id)=(…) already exists.` */
const idIn = (error: unknown): Uuid | undefined =>
  /\(id\)=\(([0-9a-f-]{36})\)/.exec((error as { detail?: string }).detail ?? '')?.[1] as Uuid | undefined;

const withDoubt = ({ message, reason, cause }: StoreUnavailable): StoreUnavailable =>
  new StoreUnavailable(
    `${message}. Whether this was written is not known; the same command given again finds out, and is not done twice.`,
    reason,
    { cause },
  );

const thrown = (error: unknown): never => {
  throw error;
};
