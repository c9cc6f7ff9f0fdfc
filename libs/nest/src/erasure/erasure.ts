import { isBodyOf } from '@waymark/access';
import {
  accept,
  check,
  defineEvent,
  never,
  notPermitted,
  reveal,
  unknown,
  Uuid,
  wrongState,
  type Aggregate,
  type Command,
  type Decision,
  type EventOf,
  type Policy,
  type Role,
  type UserId,
} from '@waymark/kernel';
import { StatisticSetAside, type SetAside } from './statistic.js';

// The erasure of all that is sealed for one subject: a person, or a case. One stream a subject, so that two are never under way at once. It is of no
// case: the stream of an erased case must not be what records its erasure. Its events hold ids alone. See docs/adr/0011.

export const ErasureRequested = defineEvent('platform.ErasureRequested.v1', { subjectId: Uuid }, () => 'An erasure was requested.');
export const ErasureWithdrawn = defineEvent(
  'platform.ErasureWithdrawn.v1',
  { subjectId: Uuid },
  () => 'A requested erasure was withdrawn.',
);
/** From here on the subject is erased: every process follows it. */
export const ErasureConfirmed = defineEvent('platform.ErasureConfirmed.v1', { subjectId: Uuid }, () => 'An erasure was confirmed.');

export const erasureEvents = [ErasureRequested, ErasureWithdrawn, ErasureConfirmed, StatisticSetAside] as const;
type ErasureEvent = EventOf<(typeof erasureEvents)[number]>;

export type ErasureCommand = Command<'RequestErasure' | 'WithdrawErasure' | 'ConfirmErasure', null> & {
  readonly subjectId: Uuid;
  /** Of the case that is the subject; null for a person, and where it is not known. */
  readonly authority: string | null;
  /** With a confirmation: what stays countable; null where there is nothing, as of an adult or of an id that nobody has. Left out before it was counted. */
  readonly setAside?: SetAside | null;
};

export type Erasure =
  { readonly status: 'none' } | { readonly status: 'requested'; readonly requestedBy: UserId } | { readonly status: 'confirmed' };

type ErasurePolicy = Policy<ErasureCommand, Erasure, unknown>;

const mayErase: readonly Role[] = ['manager', 'targeted-support-manager'];

const onlyManagersForOperation: ErasurePolicy = ({ meta: { actor, purpose } }) =>
  mayErase.includes(actor.role) && purpose === 'operation'
    ? undefined
    : notPermitted(`An erasure is for ${mayErase.join(' or ')}, for the purpose operation.`);

/** ACC-01: a case, and a child of one, is its authority's, and no manager of another has a say in it. */
const onlyItsOwnAuthority: ErasurePolicy = ({ authority, setAside, meta: { actor } }) => {
  const known = authority ?? (setAside ? countedUnder(setAside) : null);
  return known === null || isBodyOf(actor.organisation, known)
    ? undefined
    : notPermitted('This case is of another authority. Ask two managers of that one.');
};

const countedUnder = ({ statistic }: SetAside): string | null => {
  const counted = reveal(statistic, null);
  return (counted?.ofCase ?? counted?.ofChild)?.authority ?? null;
};

const erasedOnce: ErasurePolicy = (_, { status }) =>
  status === 'confirmed' ? wrongState('This was erased already; nothing more can be done.') : undefined;

const onlyWhatWasRequested: ErasurePolicy = ({ kind }, { status }) =>
  kind !== 'RequestErasure' && status === 'none' ? unknown('No erasure of this id was requested. Request it first.') : undefined;

const requestedOnce: ErasurePolicy = ({ kind }, { status }) =>
  kind === 'RequestErasure' && status === 'requested' ? wrongState('An erasure of this id waits to be confirmed or withdrawn.') : undefined;

/** The same name at another organisation may be the same person: it counts as the same. */
const twoPeople: ErasurePolicy = ({ kind, meta: { actor } }, erasure) =>
  kind === 'ConfirmErasure' && erasure.status === 'requested' && erasure.requestedBy === actor.user
    ? notPermitted('Whoever requested an erasure does not confirm it. Ask another manager.')
    : undefined;

/** What stands in the way of a confirmation alone: nobody's record is read for a count that would be refused. */
export const notCounted = wrongState('What stays countable was not read yet. Send the confirmation again.');

const countedFirst: ErasurePolicy = ({ kind, setAside }) => (kind === 'ConfirmErasure' && setAside === undefined ? notCounted : undefined);

const policies = [onlyManagersForOperation, onlyItsOwnAuthority, erasedOnce, onlyWhatWasRequested, requestedOnce, twoPeople, countedFirst];

const decide = (command: ErasureCommand, state: Erasure): Decision<ErasureEvent> => {
  const refused = check(policies, command, state, undefined);
  if (refused) return refused;
  const { kind, subjectId, setAside } = command;
  switch (kind) {
    case 'RequestErasure':
      return accept(ErasureRequested({ subjectId }));
    case 'WithdrawErasure':
      return accept(ErasureWithdrawn({ subjectId }));
    case 'ConfirmErasure':
      // In one append, so that whatever is killed there is no statistic without its erasure, and no erasure without its statistic.
      return accept<ErasureEvent>(...(setAside ? [StatisticSetAside(setAside)] : []), ErasureConfirmed({ subjectId }));
    default:
      return never(kind);
  }
};

export const erasure: Aggregate<ErasureCommand, ErasureEvent, Erasure, { readonly id: string; readonly version: string }> = {
  name: 'platform.erasure',
  events: erasureEvents,
  /** The statistic is sealed with a key of its own, which is destroyed on arrival and missing in older keys: an erasure folds without it. */
  opens: [],
  initial: { status: 'none' },
  decide,
  evolve: (state, event): Erasure => {
    switch (event.type) {
      case 'platform.ErasureRequested.v1':
        return { status: 'requested', requestedBy: event.actor.user };
      case 'platform.ErasureWithdrawn.v1':
        return { status: 'none' };
      case 'platform.ErasureConfirmed.v1':
        return { status: 'confirmed' };
      case 'platform.StatisticSetAside.v1':
        return state;
      default:
        return never(event);
    }
  },
};
