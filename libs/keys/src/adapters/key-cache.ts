import { DESTROYED, type SubjectId } from '../key-store.js';
import type { Generations } from './generations.js';

/** About half a kilobyte each. */
const mostKept = 50_000;

/**
 * Keys at hand, for a while each: with several processes a key that one of them destroyed has to leave the memory of the others. A key's time begins
 * when the database was asked for it. That one is destroyed is for good, and needs no end.
 */
export class KeyCache {
  private readonly kept = new Map<SubjectId, { readonly keys: Generations; readonly untilMs: number }>();

  constructor(
    readonly now: () => number,
    readonly keptMs: number,
  ) {}

  get(subject: SubjectId): Generations | undefined {
    const entry = this.kept.get(subject);
    if (entry === undefined || this.now() < entry.untilMs) return entry?.keys;
    this.kept.delete(subject);
    return undefined;
  }

  /** @returns what counts from now on: a destruction that was seen meanwhile outdoes a key that was read before it */
  keep(subject: SubjectId, keys: Generations, askedAtMs: number): Generations {
    if (this.kept.get(subject)?.keys === DESTROYED) return DESTROYED;
    this.put(subject, keys, keys === DESTROYED ? Infinity : askedAtMs + this.keptMs);
    return keys;
  }

  destroyed(subject: SubjectId): void {
    this.put(subject, DESTROYED, Infinity);
  }

  clear(): void {
    this.kept.clear();
  }

  private put(subject: SubjectId, keys: Generations, untilMs: number): void {
    if (this.kept.size >= mostKept) for (const oldest of this.kept.keys()) if (this.kept.delete(oldest)) break;
    this.kept.set(subject, { keys, untilMs });
  }
}
