import { monotonicMs, realSleep, type Sleep } from '@waymark/async';
import { LeasesUnavailable, type Leases } from '@waymark/leases';

export interface ElectionOptions {
  readonly leases: Leases;
  /** Names this process, anew at each start. */
  readonly holder: string;
  /** How long work hangs at most after a process was lost; 10 seconds by default. */
  readonly ttlMs?: number;
  readonly sleep?: Sleep;
  readonly monotonicMs?: () => number;
  readonly onFailure?: (lease: string, error: unknown) => void;
}

const defaultTtlMs = 10_000;
const looksPerTtl = 3;

/**
 * Begins some work while this process has the lease, and ends it when another has. Two may be at it for a moment, when this process hung;
 * the work has to be idempotent or fenced.
 */
export class LeaderElection {
  private readonly with: Required<Omit<ElectionOptions, 'onFailure'>> & Pick<ElectionOptions, 'onFailure'>;
  private stopping: AbortController | undefined;
  private ended: Promise<void> = Promise.resolve();
  private heldAtMs: number | undefined;

  constructor(
    private readonly lease: string,
    private readonly work: { readonly begin: () => Promise<void>; readonly end: () => Promise<void> },
    sharing: ElectionOptions,
  ) {
    this.with = { ttlMs: defaultTtlMs, sleep: realSleep, monotonicMs, ...sharing };
  }

  /** Whether the work is this process's now. */
  get holds(): boolean {
    return this.heldAtMs !== undefined;
  }

  /** Resolves after the first look. */
  async start(): Promise<void> {
    if (this.stopping) return;
    const stopping = new AbortController();
    this.stopping = stopping;
    await this.look();
    this.ended = this.keepLooking(stopping.signal);
  }

  /** Resolves when the work has ended and the lease is let go. */
  async stop(): Promise<void> {
    this.stopping?.abort();
    await this.ended;
    this.stopping = undefined;
    if (!this.holds) return;
    await this.end();
    await this.with.leases.release(this.lease, this.with.holder).catch((error: unknown) => this.with.onFailure?.(this.lease, error));
  }

  private async keepLooking(signal: AbortSignal): Promise<void> {
    for (;;) {
      await this.with.sleep(this.with.ttlMs / looksPerTtl, signal);
      if (signal.aborted) return;
      await this.look();
    }
  }

  private async look(): Promise<void> {
    const askedAtMs = this.with.monotonicMs();
    const has = await this.ask();
    if (has === true) await this.hold(askedAtMs);
    else if (this.heldAtMs !== undefined && (has === false || askedAtMs - this.heldAtMs >= this.with.ttlMs)) await this.end();
  }

  /** Undefined when the leases cannot be asked. */
  private async ask(): Promise<boolean | undefined> {
    try {
      return await this.with.leases.take(this.lease, this.with.holder, this.with.ttlMs);
    } catch (error) {
      if (!(error instanceof LeasesUnavailable)) throw error;
      this.with.onFailure?.(this.lease, error);
      return undefined;
    }
  }

  private async hold(atMs: number): Promise<void> {
    const isNew = this.heldAtMs === undefined;
    this.heldAtMs = atMs;
    if (isNew) await this.work.begin();
  }

  private async end(): Promise<void> {
    this.heldAtMs = undefined;
    await this.work.end();
  }
}
