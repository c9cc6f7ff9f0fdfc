import type { DeadLetter, Progress, ReactionStatus, ReplayResult } from '@waymark/reactions';

/** The part of the platform's reactions that an operator works with: those of every service in this process. */
export interface ReactionOperations {
  status(): readonly ReactionStatus[];
  /** Everything that waits for its case to be put right, in every reaction. */
  parked(): Promise<readonly DeadLetter[]>;
  /** @throws NoSuchReaction | ReplayInProgress */
  replay(reaction: string, key: string): Promise<ReplayResult>;
  /** Fills a new generation while the old one serves, then swaps. Rejects with NoSuchReaction when it is no projection. */
  rebuild(projection: string, onProgress: (progress: Progress) => void): Promise<{ readonly events: number }>;
}
