import { idleSleep } from '@waymark/async';
import { StoreUnavailable, StoreUnusable } from '../event-log.js';

/** What is no damage keeps a check from going on for so long, unless told otherwise. */
const againAfterMs = 60_000;

interface Checking {
  /** What a check found; undefined where it was only kept from looking. */
  readonly damageIn: (error: unknown) => StoreUnusable | undefined;
  /** Puts an error of the engine into the words of the port. */
  readonly inWords: (error: unknown) => unknown;
  /** Called once with the damage; then it ends. */
  readonly failed: (damage: StoreUnusable) => void;
  /** Told once, until a check has come through, what keeps it from looking. */
  readonly kept: (why: string) => void;
  readonly againMs?: number | undefined;
  readonly signal: AbortSignal;
}

/**
 * Checks what is in use until it has been through once. Damage is for good; whatever else comes up is of that look alone, such as a disk or a server that does not
 * answer, a right that is missing, a fault of the program: the store is used as ever, and the check tried again.
 * @returns whether it came through; false when it found damage or was told to stop
 */
export const checkedThrough = async (check: () => Promise<void>, checking: Checking): Promise<boolean> => {
  const { damageIn, inWords, failed, kept, againMs = againAfterMs, signal } = checking;
  for (let told = false; !signal.aborted;) {
    try {
      await check();
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      const damage = damageIn(error);
      if (damage) failed(damage);
      if (damage) return false;
      if (!told) kept(`it cannot be checked in the background now, and is tried again: ${wordsFor(inWords(error))}`);
      told = true;
    }
    await idleSleep(againMs, signal);
  }
  return false;
};

/** The port's own words name a file or a server at most. What an engine or the program says may repeat a value of the record, so that its name alone is told. */
const wordsFor = (error: unknown): string => {
  if (error instanceof StoreUnavailable || error instanceof StoreUnusable) return error.message;
  const { name, code } = error as { name?: string; code?: unknown };
  return [name ?? 'an error', ...(typeof code === 'string' ? [code] : [])].join(' ');
};
