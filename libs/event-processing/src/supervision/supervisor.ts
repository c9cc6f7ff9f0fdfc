import type { After } from '@waymark/event-store';
import type { DeadLetter } from '../core/dead-letter.js';
import { ReactionFailure } from '../core/failure.js';
import { ProjectionReaction } from '../projections/projection.js';
import type { BusReaction, LogReaction, Progress, Reaction, ReactionStatus, ReplayResult } from '../core/reaction.js';
import type { Rebuilt } from '../projections/rebuild.js';
import { LeaderElection, type ElectionOptions } from './leader-election.js';
import type { Timers } from '../deadlines/timers.js';

/** There is no reaction of that name in this service, or it cannot do what was asked. */
export class NoSuchReaction extends ReactionFailure {
  override readonly name = 'NoSuchReaction';
}

export const readsLog = (reaction: Reaction): reaction is LogReaction => 'waitFor' in reaction;
export const readsBus = (reaction: Reaction): reaction is BusReaction => 'lag' in reaction;

export interface SupervisorOptions {
  readonly timers?: Timers;
  /**
   * Given where several processes run the same service: what reads the log, and the timers, run in one of them at a time. What reads the bus runs in
   * all; the bus shares it out.
   */
  readonly election?: ElectionOptions;
}

/** Runs all that a service does in reaction to events. */
export class Supervisor {
  private readonly reactions: ReadonlyMap<string, Reaction>;
  readonly timers: Timers | undefined;
  private readonly election: LeaderElection | undefined;

  /** @throws TypeError when two reactions share a name, and so a checkpoint */
  constructor(
    readonly service: string,
    reactions: readonly Reaction[],
    { timers, election }: SupervisorOptions = {},
  ) {
    this.reactions = new Map(reactions.map((reaction) => [reaction.name, reaction]));
    if (this.reactions.size !== reactions.length) throw new TypeError(`${service}: two reactions share a name`);
    const stranger = reactions.find(({ name }) => !name.startsWith(`${service}.`));
    if (stranger) throw new TypeError(`${service}: ${stranger.name} is of another service`);
    this.timers = timers;
    const work = { begin: () => this.startLog(), end: () => this.stopLog() };
    this.election = election && new LeaderElection(`${service}.reactions`, work, election);
  }

  /** Makes the collections of the projections, so that queries find them, and starts everything. */
  async start(): Promise<void> {
    for (const reaction of this.reactions.values()) if (reaction instanceof ProjectionReaction) await reaction.declare();
    for (const reaction of this.all()) if (!readsLog(reaction)) reaction.start();
    if (this.election) await this.election.start();
    else await this.startLog();
  }

  /** Resolves when what was at work is done. */
  async stop(): Promise<void> {
    await this.election?.stop();
    await this.stopLog();
    await Promise.all(this.all().map((reaction) => reaction.stop()));
  }

  private async startLog(): Promise<void> {
    for (const reaction of this.reactions.values()) if (reaction instanceof ProjectionReaction) await reaction.takeForward();
    for (const reaction of this.all()) if (readsLog(reaction)) reaction.start();
    this.timers?.start();
  }

  private async stopLog(): Promise<void> {
    await this.timers?.stop();
    await Promise.all(
      this.all()
        .filter(readsLog)
        .map((reaction) => reaction.stop()),
    );
  }

  all(): readonly Reaction[] {
    return [...this.reactions.values()];
  }

  status(): readonly ReactionStatus[] {
    const elsewhere = this.election !== undefined && !this.election.holds;
    return this.all().map((reaction) => ({ ...reaction.status(), ...(elsewhere && readsLog(reaction) ? { standby: true as const } : {}) }));
  }

  /** The read barrier: true once every reaction of the service that reads the log has seen the position, false when the time is up first. */
  async waitFor(position: After, timeoutMs: number): Promise<boolean> {
    const waits = this.all()
      .filter(readsLog)
      .map((reaction) => reaction.waitFor(position, timeoutMs));
    return (await Promise.all(waits)).every((seen) => seen);
  }

  async parked(): Promise<readonly DeadLetter[]> {
    return (await Promise.all(this.all().map((reaction) => reaction.parked()))).flat();
  }

  /** @throws NoSuchReaction | ReplayInProgress */
  replay(name: string, key: string): Promise<ReplayResult> {
    return this.find(name).replay(key);
  }

  /** @throws NoSuchReaction when it is no projection */
  rebuild(name: string, onProgress?: (progress: Progress) => void): Promise<Rebuilt> {
    const reaction = this.find(name);
    if (!(reaction instanceof ProjectionReaction)) throw new NoSuchReaction(`${name} is no projection; only projections are rebuilt`);
    return reaction.rebuild(onProgress);
  }

  private find(name: string): Reaction {
    const reaction = this.reactions.get(name);
    if (!reaction) throw new NoSuchReaction(`${this.service} has no reaction ${name}`);
    return reaction;
  }
}
