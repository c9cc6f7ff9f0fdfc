import { seals, type CompiledPlan } from './plan.js';

/**
 * One subject's sealed values in stored data. Written until November 2026: without `k` and `h`, without `p` where the plan of the type gave the paths, and
 * without `a` where the cipher is AES-256-GCM.
 */
export interface SealedEntry {
  /** The subject. */
  readonly s: string;
  /** The generation of the subject's key. */
  readonly k?: number;
  /** The cipher, by its number among COSE's algorithms. */
  readonly a?: number;
  /** Where the values stand. */
  readonly p?: readonly string[];
  /** A commitment to each value, in the order of the paths. */
  readonly h?: readonly string[];
  /** Nonce, ciphertext and tag. */
  readonly c: string;
}

/** An entry as it is written now. */
export type CommittedEntry = Required<SealedEntry>;

export const isCommitted = (entry: SealedEntry): entry is CommittedEntry => entry.h !== undefined;

/** Which generation of its subject's key an entry was sealed under; there was but one at first. */
export const generationOf = ({ k }: SealedEntry): number => k ?? 1;

/** What is wrong with sealed entries, as far as it can be found without a key; undefined when nothing is. */
export const flawIn = (entries: unknown, plan: CompiledPlan): string | undefined => {
  if (!Array.isArray(entries)) return 'what is sealed in it is no list';
  const seen = new Set<string>();
  for (const entry of entries as unknown[]) {
    if (!isEntry(entry)) return 'a sealed entry in it is not whole';
    for (const path of entry.p ?? []) {
      if (!seals(plan, path)) return 'a sealed entry in it names a place that its type does not seal';
      if (seen.has(path)) return 'two sealed values in it claim the same place';
      seen.add(path);
    }
  }
  return undefined;
};

type Unknowns = Readonly<Record<keyof SealedEntry, unknown>>;

const isEntry = (value: unknown): value is SealedEntry => {
  if (typeof value !== 'object' || value === null) return false;
  const entry = value as Unknowns;
  if (typeof entry.s !== 'string' || typeof entry.c !== 'string') return false;
  return entry.h === undefined ? isUncommitted(entry) : hasCommitments(entry);
};

const isUncommitted = ({ k, a, p }: Unknowns): boolean =>
  k === undefined && (a === undefined || typeof a === 'number') && (p === undefined || areTexts(p));

const hasCommitments = ({ k, a, p, h }: Unknowns): boolean =>
  Number.isSafeInteger(k) && (k as number) >= 1 && typeof a === 'number' && areTexts(p) && areTexts(h) && p.length === h.length;

const areTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((one) => typeof one === 'string');
