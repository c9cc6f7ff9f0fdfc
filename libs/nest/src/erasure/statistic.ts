import {
  accept,
  code,
  count,
  defineEvent,
  open,
  sealed,
  Uuid,
  type Aggregate,
  type Command,
  type DomainEvent,
  type EventOf,
} from '@waymark/kernel';
import { authorities } from '@waymark/policy';
import { z } from 'zod';
import type { PackInForce } from '@waymark/event-store';

// What can still be counted of a case or a child once they are erased. Bands and quarters: no id, no day, no text. See docs/adr/0019.

/** The age groups of the Department's returns, as which an age is counted. */
export const ageBands = ['unborn', 'under-1', '1-4', '5-9', '10-15', '16-or-over', 'not-known'] as const;
export type AgeBand = (typeof ageBands)[number];
/** Ranges of a number, wide enough that they do not identify a family. */
export const bands = ['none', '1-2', '3-5', '6-or-more'] as const;
export type Band = (typeof bands)[number];
export const quarters = ['Q1', 'Q2', 'Q3', 'Q4'] as const;

/** A code of words, which is neither an id nor a day. */
const word = () => open(z.string().regex(/^[a-z]+(-[a-z]+)*(-\d)?$/, 'must be a code of words'));
/** Under which authority the case was, and when it began: a quarter of the calendar year, in London. */
const whereAndWhen = { authority: code(authorities), year: count(), quarter: code(quarters) };
const ofACase = {
  ...whereAndWhen,
  /** Of each child who was not erased before and so counted before, when the case began; in the order of the bands. */
  ageBands: z.array(code(ageBands)),
  /** How far the case had come. */
  outcome: word(),
  closedBecause: word().nullable(),
  deadlinesMet: code(bands),
  deadlinesMissed: code(bands),
  meetings: code(bands),
};
const ofAChild = { ...whereAndWhen, ageBand: code(ageBands) };

export const ErasedCaseCounted = defineEvent('platform.ErasedCaseCounted.v1', ofACase, () => 'A case that was erased was counted.');
export const ErasedChildCounted = defineEvent('platform.ErasedChildCounted.v1', ofAChild, () => 'A child who was erased was counted.');
export const statisticEvents = [ErasedCaseCounted, ErasedChildCounted] as const;
export type Statistic = EventOf<typeof ErasedCaseCounted> | EventOf<typeof ErasedChildCounted>;

/** The statistic's own stream, by an id that nothing else has. */
const OnItsWay = z.strictObject({
  statisticId: Uuid,
  ofCase: z.strictObject(ofACase).nullable(),
  ofChild: z.strictObject(ofAChild).nullable(),
});
export type OnItsWay = z.infer<typeof OnItsWay>;

/**
 * Recorded with the confirmation, in one append, on its way into a stream of its own. It is sealed for itself alone, and its key is destroyed on arrival: then
 * no id leads from an erasure to its statistic.
 */
export const StatisticSetAside = defineEvent(
  'platform.StatisticSetAside.v1',
  { setAsideId: Uuid, statistic: sealed(OnItsWay, { of: 'setAsideId' }) },
  () => 'What stays countable of what was erased was set aside.',
);
export type SetAside = EventOf<typeof StatisticSetAside>['data'];

export type CountErased = Command<'CountErased', null> & { readonly statistic: OnItsWay };

const counted = ({ ofCase, ofChild }: OnItsWay): readonly Statistic[] => [
  ...(ofCase ? [ErasedCaseCounted(ofCase)] : []),
  ...(ofChild ? [ErasedChildCounted(ofChild)] : []),
];

/** One statistic, recorded once however often it arrives. */
export const statistic: Aggregate<CountErased, DomainEvent, { readonly counted: boolean }, PackInForce> = {
  name: 'platform.statistic',
  events: statisticEvents,
  initial: { counted: false },
  decide: (command, state) => (state.counted ? accept() : accept(...counted(command.statistic))),
  evolve: () => ({ counted: true }),
};
