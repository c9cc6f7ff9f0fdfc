/** Gives how the demonstration borough stands. Whoever loads one provides it; a service alone has none. */
export const DEMONSTRATION = Symbol('demonstration');

export const demonstrationStates = ['none', 'loading', 'loaded', 'failed'] as const;

export interface DemonstrationStatus {
  /** `none`: nothing here came from it. */
  readonly state: (typeof demonstrationStates)[number];
  /** Families whose tale is told. */
  readonly families: number;
  readonly of: number;
}
