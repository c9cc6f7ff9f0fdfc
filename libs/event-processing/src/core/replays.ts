import type { ReadModelStore } from '@waymark/read-model';
import { parkedCollection, type DeadLetter } from './dead-letter.js';
import { ReactionFailure } from './failure.js';
import type { Replayed } from './batch-processor.js';
import { allLetters } from './parked-cases.js';
import type { ReplayResult } from './reaction.js';

/** Somebody replays this reaction already. */
export class ReplayInProgress extends ReactionFailure {
  override readonly name = 'ReplayInProgress';
}

/** The dead letters of a reaction, as whoever looks after it sees them, and the one replay that it may be at. */
export class Replays {
  private key: string | undefined;
  private readonly parkedIn: string;

  constructor(
    private readonly reaction: string,
    private readonly readModel: Pick<ReadModelStore, 'declare' | 'find'>,
  ) {
    this.parkedIn = parkedCollection(reaction).name;
  }

  async letters(): Promise<readonly DeadLetter[]> {
    await this.readModel.declare(parkedCollection(this.reaction));
    return allLetters(this.readModel, this.parkedIn);
  }

  isAt(key: string): boolean {
    return this.key === key;
  }

  /** Runs the parked items of a case again, until one fails or none is left. @throws ReplayInProgress */
  async run(key: string, { begin, next }: { begin: () => Promise<void>; next: () => Promise<Replayed> }): Promise<ReplayResult> {
    if (this.key !== undefined) throw new ReplayInProgress(`${this.reaction}: a replay is at work; wait for it`);
    this.key = key;
    try {
      await begin();
      // What arrives gets its turn in between; what is of the case queues up behind, because it stays parked until none is left.
      for (let replayed = 0; ; replayed += 1) {
        const { outcome } = await next();
        if (outcome !== 'done') return { replayed, left: (await allLetters(this.readModel, this.parkedIn, key)).length };
      }
    } finally {
      this.key = undefined;
    }
  }
}
