/**
 * Which of several processes does what only one should do at a time. It keeps the others from working in vain; it is no lock: what it guards
 * has to bear two at once (checkpoints are compared before they move, command ids have their first result), because a process can stand still
 * longer than its lease lasts.
 *
 * Adapters: alone, MongoDB.
 */
export interface Leases {
  /**
   * Takes the lease or renews it.
   * @param name `<service>.<what>`
   * @param holder names the process, anew at each start
   * @param ttlMs how long it stays the holder's without being renewed, at most
   * @returns whether `holder` has it now
   * @throws LeasesUnavailable
   */
  take(name: string, holder: string, ttlMs: number): Promise<boolean>;
  /** Lets it go, so that another need not wait for its end. Nothing happens when somebody else has it. @throws LeasesUnavailable */
  release(name: string, holder: string): Promise<void>;
  close(): Promise<void>;
}

/** The engine cannot be asked now; who holds what is not known. */
export class LeasesUnavailable extends Error {
  override readonly name = 'LeasesUnavailable';
}
