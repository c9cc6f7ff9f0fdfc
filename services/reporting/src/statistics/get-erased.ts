import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ErasedCounts, type Counted, type RequestContext } from '@waymark/nest';
import type { Authority } from '@waymark/policy';

/** How many have this code or band. */
export interface Tally {
  readonly is: string;
  readonly many: number;
}

/** What was erased of the cases that began in one quarter under one authority. */
export interface ErasedInQuarter {
  readonly authority: Authority;
  readonly year: number;
  readonly quarter: string;
  readonly cases: number;
  /** Those of erased cases, and those who were erased on their own. */
  readonly children: number;
  readonly byAgeBand: readonly Tally[];
  readonly byOutcome: readonly Tally[];
  readonly byReasonOfClosing: readonly Tally[];
  readonly byDeadlinesMet: readonly Tally[];
  readonly byDeadlinesMissed: readonly Tally[];
  readonly byMeetings: readonly Tally[];
}

export interface ErasedStatistics {
  readonly quarters: readonly ErasedInQuarter[];
}

export class GetErased extends Query<ErasedStatistics> {
  constructor(readonly context: RequestContext) {
    super();
  }
}

/** Sums alone, each by one thing at a time: what one case was is not put together again. */
@QueryHandler(GetErased)
export class GetErasedHandler implements IQueryHandler<GetErased> {
  constructor(private readonly counts: ErasedCounts) {}

  async execute({ context }: GetErased): Promise<ErasedStatistics> {
    return { quarters: quartersOf(await this.counts.counted(context)) };
  }
}

type Began = Pick<ErasedInQuarter, 'authority' | 'year' | 'quarter'>;
const keyOf = ({ year, quarter, authority }: Began): string => `${year} ${quarter} ${authority}`;

const quartersOf = ({ cases, children }: Counted): readonly ErasedInQuarter[] => {
  const keys = [...new Set([...cases, ...children].map(keyOf))].toSorted();
  return keys.map((key) => {
    const isOfIt = (one: Began) => keyOf(one) === key;
    return sumOf({ cases: cases.filter(isOfIt), children: children.filter(isOfIt) });
  });
};

const sumOf = ({ cases, children }: Counted): ErasedInQuarter => {
  const { authority, year, quarter } = [...cases, ...children][0] as Began;
  const ages = [...cases.flatMap(({ ageBands }) => ageBands), ...children.map(({ ageBand }) => ageBand)];
  return {
    ...{ authority, year, quarter, cases: cases.length, children: ages.length },
    byAgeBand: tallied(ages),
    byOutcome: tallied(cases.map(({ outcome }) => outcome)),
    byReasonOfClosing: tallied(cases.flatMap(({ closedBecause }) => closedBecause ?? [])),
    byDeadlinesMet: tallied(cases.map(({ deadlinesMet }) => deadlinesMet)),
    byDeadlinesMissed: tallied(cases.map(({ deadlinesMissed }) => deadlinesMissed)),
    byMeetings: tallied(cases.map(({ meetings }) => meetings)),
  };
};

const tallied = (values: readonly string[]): readonly Tally[] =>
  [...new Set(values)].toSorted().map((is) => ({ is, many: values.filter((value) => value === is).length }));
