/** The answer to a request that was done: ids, versions and event types; nothing personal. */
export interface RememberedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface Remembered {
  /** A keyed hash of the body, so that another body under the same key is recognised without keeping either. */
  readonly fingerprint: string;
  readonly answer: RememberedAnswer;
}

/**
 * Remembers answers by command id. The command id in the event store is what keeps a repeat from taking effect twice; this
 * only makes the repeat's answer the same and another body under the same key a refusal, so losing its newest entries is harmless.
 */
export interface IdempotencyStore {
  find(commandId: string): Promise<Remembered | undefined>;
  remember(commandId: string, remembered: Remembered, at: string): Promise<void>;
  /** Deletes all of them: somebody was erased, and a fingerprint of what was written about them is a trace. */
  forgetAll(): Promise<void>;
  close(): Promise<void>;
}

export const memoryIdempotencyStore = (): IdempotencyStore => {
  const entries = new Map<string, Remembered>();
  return {
    find: (commandId) => Promise.resolve(entries.get(commandId)),
    remember: (commandId, remembered) => {
      entries.set(commandId, structuredClone(remembered));
      return Promise.resolve();
    },
    forgetAll: () => Promise.resolve(entries.clear()),
    close: () => Promise.resolve(),
  };
};
