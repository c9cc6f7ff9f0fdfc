import type { Role } from '@waymark/kernel';
import type { Authority } from '@waymark/policy';
import type { Colleague, Family, Workforce } from './invention/family.js';

/** What a step answers, as far as tales go on from it. */
export interface Done {
  readonly id: string;
  readonly caseId: string;
}

/** Somebody at work on a family's case: each request is made for good, and a refusal ends the load. */
export interface Voice {
  post(path: string, body: object): Promise<Done>;
  /** The answer, of which the caller names what it reads. */
  get<Seen>(path: string): Promise<Seen>;
}

/** One family's case while it is being told. */
export interface Tale {
  readonly family: Family;
  readonly authority: Authority;
  readonly staff: Workforce;
  /** The moment on a day of the tale, counted from its first: at work, so that what falls on a weekend was done on the Friday before. */
  readonly on: (day: number, time: string) => string;
  /** The calendar day, as dates are written. */
  readonly day: (day: number) => string;
  readonly by: (who: Colleague, role: Role) => Voice;
}

/** A part of a tale: it yields the moments at which it goes on, and does there what was done then. */
export type Part<Known = void> = AsyncGenerator<string, Known, void>;
