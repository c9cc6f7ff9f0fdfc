import { DESTROYED, type DataKey, type Destroyed, type SubjectId } from '../key-store.js';

/** About half a kilobyte each. */
const mostKept = 50_000;

/**
 * Keys at hand, for a while each: with several processes a key that one of them destroyed has to leave the memory of the others. A key's time begins
 * when the database was asked for it. That one is destroyed is for good, and needs no end.
 */
export class KeyCache {
  private readonly kept = new Map<SubjectId, { readonly key: DataKey | Destroyed; readonly untilMs: number }>();

  constructor(
    readonly now: () => number,
    private readonly keptMs: number,
  ) {}

  get(subject: SubjectId): DataKey | Destroyed | undefined {
    const entry = this.kept.get(subject);
    if (entry === undefined || this.now() < entry.untilMs) return entry?.key;
    this.kept.delete(subject);
    return undefined;
  }

  /** @returns what counts from now on: a destruction that was seen meanwhile outdoes a key that was read before it */
  keep(subject: SubjectId, key: DataKey | Destroyed, askedAtMs: number): DataKey | Destroyed {
    if (this.kept.get(subject)?.key === DESTROYED) return DESTROYED;
    this.put(subject, key, key === DESTROYED ? Infinity : askedAtMs + this.keptMs);
    return key;
  }

  destroyed(subject: SubjectId): void {
    this.put(subject, DESTROYED, Infinity);
  }

  clear(): void {
    this.kept.clear();
  }

  private put(subject: SubjectId, key: DataKey | Destroyed, untilMs: number): void {
    if (this.kept.size >= mostKept) for (const oldest of this.kept.keys()) if (this.kept.delete(oldest)) break;
    this.kept.set(subject, { key, untilMs });
  }
}
