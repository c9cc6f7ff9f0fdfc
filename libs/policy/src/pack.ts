import type { Day, Instant } from '@waymark/kernel';
import type { CodedList } from './coded-list.js';

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

/** What this authority calls the teams and papers of the practice. */
export interface LocalNames {
  readonly frontDoor: string;
  readonly hub: string;
  /** ADV-01, ADV-03: who answers professionals' questions. */
  readonly adviceTeam: string;
  readonly targetedSupport: string;
  readonly assessment: string;
  readonly teamMeeting: string;
  readonly thresholdTool: string;
  readonly familiesProgramme: string;
  readonly caseSystem: string;
}

/** A panel that discusses requests; null where the guidance names the panel and leaves this to it (MASG-05). */
export interface Panel {
  readonly name: string;
  /** MASG-01. */
  readonly everyWeeks: number | null;
  /** MASG-03. */
  readonly sectors: CodedList | null;
}

/** Ages in whole years, both included; `toWithDisability` where a diagnosed disability extends it. */
export interface AgeRange {
  readonly from: number;
  readonly to: number;
  readonly toWithDisability?: number;
}

/** A basis on which information is shared; `from` where it came into law on a day that matters. */
export interface SharingBasis {
  readonly words: string;
  readonly from: Day | null;
}

export const thresholdLevels = ['universal', 'targeted', 'specialist'] as const;
export type ThresholdLevel = (typeof thresholdLevels)[number];

/**
 * The numbers and lists of one authority's guidance from a date on. Data, not code: a decision records `id` and `version`.
 * Every field names the rule that it belongs to.
 */
export interface PolicyPack {
  readonly id: string;
  readonly authority: Authority;
  readonly version: string;
  /** In force from the start of this day. */
  readonly validFrom: Day;
  readonly source: string;
  readonly names: LocalNames;
  /** FD-14: the teams that a case can belong to, by where the child lives. */
  readonly areaTeams: { readonly each: string; readonly number: number };
  /** FD-03. */
  readonly mashEnquiryDecision: TimeLimit;
  /** FD-05: agencies that a MASH enquiry can ask. */
  readonly mashPartners: CodedList;
  readonly mashVirtualPartners: CodedList;
  /** FD-08, FD-09: indicators by level. */
  readonly thresholdIndicators: Readonly<Record<ThresholdLevel, CodedList>>;
  /** FD-11: what is shown at once. */
  readonly safeguardingRoute: string;
  /** FD-15: code to words. */
  readonly contactReasons: CodedList;
  /** CON-02: versions of the privacy notice that may be relied on, oldest first, and when each was issued. */
  readonly privacyNotices: readonly string[];
  readonly privacyNoticeIssuedOn: Readonly<Record<string, Day>>;
  /** CON-04: years. */
  readonly consentAge: number;
  /** CON-05: all of them are judged. */
  readonly gillickFactors: CodedList;
  /** CON-12, FD-04. */
  readonly sharingBases: Readonly<Record<string, SharingBasis>>;
  /** CON-14: what needs a consent of its own. */
  readonly separateConsents: CodedList;
  /** EHA-05: all of them are answered. */
  readonly ehaConsiderations: CodedList;
  /** EHA-08. */
  readonly ehaDue: TimeLimit;
  readonly ehaPrompt: TimeLimit;
  /** EHA-10. */
  readonly ehaReview: TimeLimit;
  /** STAR-03: scores at or below this prompt a look at neglect. */
  readonly starNeglectScore: number;
  /** STAR-04: months between readings, one of which the intervention sets. */
  readonly starIntervalsMonths: readonly number[];
  /** SCR-01. */
  readonly screeningTools: CodedList;
  /** TAF-01. */
  readonly firstTafDue: TimeLimit;
  /** TAF-02. */
  readonly tafReviewFrom: TimeLimit;
  readonly tafReviewBy: TimeLimit;
  /** TAF-07. */
  readonly firstTafAgenda: CodedList;
  /** EP-04. */
  readonly closureReasons: CodedList;
  /** TS-02: how old an EHA may be, the day included. */
  readonly ehaValidForRequest: TimeLimit;
  /** TS-05. */
  readonly supportKinds: CodedList;
  /** TS-06. */
  readonly supportAges: Readonly<Record<string, AgeRange>>;
  /** MASG-01, MASG-03, MASG-05; empty where the authority has none, so that triage cannot send a request to one. */
  readonly panels: Readonly<Record<string, Panel>>;
  /** SF-01: how many needs a family has at least. */
  readonly programmeNeedsAtLeast: number;
  /** SF-02: the headings of needs and outcomes. */
  readonly outcomes: CodedList;
  /** NEET-02. */
  readonly neetAges: AgeRange;
  /** Whom a contact may be about as a child or young person: as far as the services beside Early Help reach. */
  readonly childAges: AgeRange;
}

export interface PackSource {
  /**
   * The authority's pack in force at a moment.
   * @throws RangeError before the first version
   */
  packFor(authority: Authority, at: Instant): PolicyPack;
}
