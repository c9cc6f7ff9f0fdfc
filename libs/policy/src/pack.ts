import type { Day, Instant } from '@waymark/kernel';

/** The local authorities that Waymark ships a pack for. */
export const authorities = ['peterborough', 'cambridgeshire'] as const;
export type Authority = (typeof authorities)[number];

/** How a time limit runs. Days are calendar days in England; a limit in days ends at the end of its last day. */
export type TimeLimit =
  | { readonly elapsedHours: number }
  | { readonly workingDays: number }
  | { readonly days: number }
  | { readonly weeks: number }
  | { readonly months: number };

/**
 * The numbers and lists of one authority's guidance from a date on. Data, not code: a decision records `id` and `version`.
 * Every limit names the rule that it belongs to.
 */
export interface PolicyPack {
  readonly id: string;
  readonly authority: Authority;
  readonly version: string;
  /** In force from the start of this day. */
  readonly validFrom: Day;
  readonly source: string;
  /** FD-03. */
  readonly mashEnquiryDecision: TimeLimit;
  /** FD-05. */
  readonly mashPartners: readonly string[];
  readonly mashVirtualPartners: readonly string[];
  /** FD-15: code to words. */
  readonly contactReasons: Readonly<Record<string, string>>;
  /** CON-02: versions of the privacy notice that may be relied on. */
  readonly privacyNotices: readonly string[];
  /** CON-04: years. */
  readonly consentAge: number;
  /** EHA-08. */
  readonly ehaDue: TimeLimit;
  readonly ehaPrompt: TimeLimit;
  /** EHA-10. */
  readonly ehaReview: TimeLimit;
  /** TAF-01. */
  readonly firstTafDue: TimeLimit;
  /** TAF-02. */
  readonly tafReviewFrom: TimeLimit;
  readonly tafReviewBy: TimeLimit;
  /** TS-02: how old an EHA may be, the day included. */
  readonly ehaValidForRequest: TimeLimit;
  /** TS-05. */
  readonly supportKinds: readonly string[];
}

export interface PackSource {
  /** The authority's pack in force at a moment. */
  packFor(authority: Authority, at: Instant): PolicyPack;
}
