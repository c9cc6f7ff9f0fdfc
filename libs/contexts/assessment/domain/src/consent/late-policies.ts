import { holdsAt } from '@waymark/consent';
import { refuse, reveal, type CommandMeta, type Instant, type PersonId, type Policy } from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import type { DecideSharing, GiveConsent } from './commands.js';
import { youngGiverIsCompetent, type Answer } from './giver-policies.js';
import { judgementAt } from './ledger.js';
import type { Consent, Ledger, Refusal } from './state.js';
import type { Capacity } from './words.js';

// GEN-02: an entry is in force as soon as it is recorded, whenever it happened. So it is judged as of now too: a late one overrules nothing that was said since.

type Late<C> = Policy<Omit<C, 'meta'> & { readonly meta: Pick<CommandMeta, 'occurredAt' | 'now'> }, Ledger, PolicyPack>;

/** GEN-02, CON-13: a late entry overrules no refusal, withdrawal or suspension after it. A later yes it leaves as it is: both hold. */
export const nothingWasSaidSince: Late<Answer> = ({ giver, purpose, meta }, ledger) => {
  const isTheirs = (said: Pick<Consent | Refusal, 'giver' | 'purpose'>) => said.giver === giver.personId && said.purpose === purpose;
  const since =
    ledger.consents.some((consent) => isTheirs(consent) && saidNo(consent, meta.occurredAt)) ||
    ledger.refusals.some((refusal) => isTheirs(refusal) && refusal.at > meta.occurredAt);
  return since
    ? refuse(
        'GEN-02',
        'This person withdrew or refused consent to this after that moment, or theirs was suspended: enter what they say now, as of now.',
        {
          field: 'occurredAt',
        },
      )
    : undefined;
};

const saidNo = ({ withdrawnAt, suspendedAt }: Consent, since: Instant): boolean =>
  (withdrawnAt !== null && withdrawnAt > since) || (suspendedAt !== null && suspendedAt > since);

/** CON-06: a child who was competent then has not been found otherwise since. */
export const isCompetentStill: Late<Answer> = ({ giver, purpose, meta }, ledger, pack) =>
  youngGiverIsCompetent({ giver, purpose, meta: { occurredAt: meta.now } }, ledger, pack);

/** CON-04: a young person's own refusal or withdrawal is not undone by a parent's consent, of whichever moment. Whoever gives it may agree anew themself. */
export const ownRefusalStands: Late<Pick<GiveConsent, 'giver' | 'covers' | 'purpose'>> = ({ giver, covers, purpose, meta }, ledger) =>
  reveal<Capacity, Capacity>(giver.capacity, 'other') !== 'own-behalf' &&
  covers.some((personId) => personId !== giver.personId && saidNoThemself(ledger, personId, purpose, meta.now))
    ? refuse('CON-04', 'It covers a young person who refused or withdrew for themself: ask them again, or leave them out.', {
        field: 'covers',
      })
    : undefined;

/** CON-04: nor by renewing one that covers them. */
export const ownRefusalStandsAgainstRenewal: typeof ownRefusalStands = (renewal, ledger, pack) =>
  ownRefusalStands(renewal, ledger, pack) &&
  refuse(
    'CON-04',
    'It covers a young person who refused or withdrew for themself: ask them again, or give a new consent that leaves them out.',
    {
      field: 'consentId',
    },
  );

/** GEN-02, CON-12: a decision to share that is entered late overrules no later one not to. */
export const nothingWasDecidedSince: Late<Pick<DecideSharing, 'about' | 'agencies'>> = ({ about, agencies, meta }, { decidedNotTo }) =>
  decidedNotTo.some(
    (decision) =>
      decision.at > meta.occurredAt &&
      decision.about.some((personId) => about.includes(personId)) &&
      decision.agencies.some((agency) => agencies.includes(agency)),
  )
    ? refuse(
        'GEN-02',
        'It was decided after that moment not to share about somebody named here with one of these: decide anew, as of now.',
        {
          field: 'occurredAt',
        },
      )
    : undefined;

/** Whether a young person's own last word is no: they refused, or took back what they had agreed to, and have not agreed since. */
const saidNoThemself = (ledger: Ledger, personId: PersonId, purpose: string, at: Instant): boolean => {
  const mine = ({ giver, capacity, purpose: other }: Refusal | Consent, whenErased: Capacity) =>
    giver === personId && reveal(capacity, whenErased) === 'own-behalf' && other === purpose;
  // Where the capacity was erased, a no counts as their own and an agreement does not: in doubt nobody is overruled.
  const agreements = ledger.consents.filter((consent) => mine(consent, 'other')).flatMap(({ reach }) => reach);
  const agreedSince = (no: Instant) => agreements.some(({ from, endedBy }) => from > no && endedBy !== 'withdrawal');
  const refused = ledger.refusals.some((refusal) => mine(refusal, 'own-behalf') && refusal.at <= at && !agreedSince(refusal.at));
  const withdrew = ledger.consents.some((consent) => {
    const no = mine(consent, 'own-behalf') ? tookBackAt(consent, at) : null;
    return no !== null && !agreedSince(no) && !agreements.some((stretch) => holdsAt(stretch, at));
  });
  const outcome = judgementAt(ledger, personId, at)?.outcome;
  return (refused || withdrew) && (outcome === undefined || outcome === 'competent');
};

/** When the last that a consent reached was withdrawn; null where it reaches somebody, or ended in another way: it may have been suspended at its beginning. */
const tookBackAt = ({ reach, withdrawnAt }: Consent, at: Instant): Instant | null => {
  if (reach.length === 0) return withdrawnAt;
  const last = reach.reduce((one, other) => ((other.until ?? at) > (one.until ?? at) ? other : one));
  return last.endedBy === 'withdrawal' && !reach.some((stretch) => holdsAt(stretch, at)) ? last.until : null;
};
