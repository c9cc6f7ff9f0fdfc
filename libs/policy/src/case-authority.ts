import type { Instant } from '@waymark/kernel';
import type { Authority } from './pack.js';

/** From when on a case was under an authority. */
export interface AuthorityPeriod {
  readonly authority: Authority;
  readonly from: Instant;
}

/** Under which authorities a case has been, oldest first. */
export type AuthorityHistory = readonly [AuthorityPeriod, ...AuthorityPeriod[]];

/** The authority of a case at a moment; what is dated before the case began is under the one that it began with. */
export const authorityAt = (history: AuthorityHistory, at: Instant): Authority =>
  (history.findLast(({ from }) => from <= at) ?? history[0]).authority;
