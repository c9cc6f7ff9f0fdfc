import type { GroundName } from './grounds.js';

/** One thing that can be done or seen, and the grounds of which one must hold. No ground, no access. */
export interface Row {
  /** As access records name it: `assessment.contribute`, `assessment.read`. */
  readonly action: string;
  readonly writes: boolean;
  readonly by: readonly GroundName[];
}

/** Every action by the name that routes declare: what it does, or what it shows in words. */
export type AccessPolicy = Readonly<Record<string, Row>>;

export const does = (action: string, ...by: readonly GroundName[]): AccessPolicy => ({ [action]: { action, writes: true, by } });
export const shows = (words: string, action: string, ...by: readonly GroundName[]): AccessPolicy => ({
  [words]: { action, writes: false, by },
});
