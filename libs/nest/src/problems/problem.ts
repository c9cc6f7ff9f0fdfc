import type { RuleId } from '@waymark/kernel';

/** A problem document (RFC 9457), with the rule and the fields at fault. Never holds a value that the caller sent. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The rule of the practice that was broken. */
  readonly rule?: string;
  /** The field at fault, as a dotted path. */
  readonly field?: string;
  /** Every field at fault, where there are several. */
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
  /** What stands in the way, by kind and id. */
  readonly see?: { readonly kind: string; readonly id: string };
  /** The current version, where a stale one was given. */
  readonly current?: number;
}

/** Thrown where the edge answers with a problem document. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly document: ProblemDocument,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(document.title);
  }
}

type Extra = Omit<Partial<ProblemDocument>, 'type' | 'title' | 'status' | 'detail'>;

/** A kind of problem: its HTTP status, the end of its type's URN, and its title. */
export type ProblemKind = readonly [status: number, slug: string, title: string];

export const problem = ([status, slug, title]: ProblemKind, detail: string, extra: Extra = {}): Problem =>
  new Problem({ type: `urn:waymark:problem:${slug}`, title, status, detail, ...extra });

export const notFound = (what: string): Problem =>
  problem(
    [404, 'not-found', 'Not found'],
    `There is no ${what} with this id, or it is not for you to see. Check the id; something just recorded can be waited for with Waymark-Wait-For.`,
  );

export const unavailable = (detail: string): Problem =>
  new Problem({ type: 'urn:waymark:problem:unavailable', title: 'Not available now', status: 503, detail }, { 'retry-after': '5' });

export const badRequest = (detail: string, extra: Extra = {}): Problem =>
  problem([400, 'bad-request', 'The request cannot be read'], detail, extra);

/** A rule that a command breaks (422), or that what is recorded already stands for (409). */
export const ruleProblem = ([status, rule, title]: readonly [422 | 409, RuleId, string], detail: string, extra: Extra = {}): Problem =>
  problem([status, `rule:${rule}`, title], detail, { ...extra, rule });
