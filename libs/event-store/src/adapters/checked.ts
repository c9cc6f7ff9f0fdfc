import { idleSleep } from '@waymark/async';
import { StoreUnavailable, StoreUnusable } from '../event-log.js';

/** The default pause before a check that failed for another reason than damage is tried again. */
const againAfterMs = 60_000;

interface Checking {
  /** What a check found; undefined where it was only kept from looking. */
  readonly damageIn: (error: unknown) => StoreUnusable | undefined;
  /** Puts an error of the engine into the words of the port. */
  readonly inWords: (error: unknown) => unknown;
  /** Called once with the damage; then it ends. */
  readonly failed: (damage: StoreUnusable) => void;
  /** Called with the reason at the first failure that is no damage, once until a check has come through. */
  readonly kept: (why: string) => void;
  readonly againMs?: number | undefined;
  readonly signal: AbortSignal;
}

/**
 * Checks a store that is in use until one check has come through. Damage is final. Any other failure, such as a disk or a server that does not answer, a
 * missing right or a fault of the program, concerns that attempt alone: the store stays in use, and the check is tried again.
 * @returns whether it came through; false when it found damage or was stopped
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

/** The port's own messages name a file or a server at most. Others may repeat personal data, so only the name of such an error is logged. */
const wordsFor = (error: unknown): string => {
  if (error instanceof StoreUnavailable || error instanceof StoreUnusable) return error.message;
  const { name, code } = error as { name?: string; code?: unknown };
  return [name ?? 'an error', ...(typeof code === 'string' ? [code] : [])].join(' ');
};
