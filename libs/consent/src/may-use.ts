import type { Instant, OrganisationId, PersonId, RuleId, Uuid } from '@waymark/kernel';
import { holdsAt, type Stretch } from './intervals.js';
import { takingPart, type ConsentLedger, type HeldConsent } from './ledger.js';

/** A purpose that waits for no consent. Who may claim it is not decided here: a command is of that kind, or a gate has checked who asks. */
export const safeguarding = 'safeguarding';

export type Action = 'read' | 'write' | 'plan' | 'share';

/** What somebody wants to do with what is about a person. */
export interface Ask {
  /** null: about the family, nobody named. A decision to share is about somebody, and allows nothing there (CON-19). */
  readonly person: PersonId | null;
  /** Who does it, or receives it. null: whoever it is; only whether the family has agreed at all, which no decision to share says. */
  readonly organisation: OrganisationId | null;
  /** A purpose of consent: {@link takingPart}, one of the pack's separate consents, or {@link safeguarding}. */
  readonly purpose: string;
  readonly action: Action;
  readonly at: Instant;
}

export type Allowed =
  | { readonly may: true; /** The consent or decision that it rests on. */ readonly because: Uuid | typeof safeguarding }
  | { readonly may: false; readonly rule: RuleId; /** From when on, where it was allowed before. */ readonly since?: Instant };

/**
 * What an organisation may do with what is about a person, for a purpose, at a moment; and on what that rests. One consent is enough, whoever else has not
 * agreed (CON-09). A decision to share allows sharing, and nothing else (CON-19).
 */
export const mayUse = (ledger: ConsentLedger, ask: Ask): Allowed => {
  if (ask.purpose === safeguarding) return { may: true, because: safeguarding };
  const consent = ledger.consents.find(
    (candidate) => matches(candidate, ask) && stretchesOf(candidate, ask).some((it) => holdsAt(it, ask.at)),
  );
  if (consent) return { may: true, because: consent.consentId };
  const decision = ask.action === 'share' ? ledger.decisions.find((candidate) => isDecided(candidate, ask)) : undefined;
  return decision ? { may: true, because: decision.decisionId } : refused(ledger, ask);
};

const covers = (whom: readonly PersonId[] | null, person: PersonId | null): boolean => person === null || (whom?.includes(person) ?? false);

const matches = (consent: HeldConsent, { purpose, person }: Ask): boolean => consent.purpose === purpose && covers(consent.covers, person);

const stretchesOf = ({ reach }: HeldConsent, { organisation }: Ask): readonly Stretch[] =>
  organisation === null ? reach : reach.filter(({ agency }) => agency === organisation);

const isDecided = (decision: ConsentLedger['decisions'][number], { person, organisation, at }: Ask): boolean =>
  person !== null &&
  organisation !== null &&
  holdsAt(decision, at) &&
  (decision.about?.includes(person) ?? false) &&
  decision.agencies.includes(organisation);

const refused = ({ consents }: ConsentLedger, ask: Ask): Allowed => {
  const { purpose, at } = ask;
  const ofPurpose = consents.filter((consent) => consent.purpose === purpose);
  if (!ofPurpose.some(({ reach }) => reach.some((stretch) => holdsAt(stretch, at))))
    return nobodyAgrees(
      lastEnded(
        ofPurpose.flatMap(({ reach }) => reach),
        at,
      ),
      purpose,
    );
  const here = lastEnded(
    ofPurpose.filter((consent) => matches(consent, ask)).flatMap((consent) => stretchesOf(consent, ask)),
    at,
  );
  if (here?.endedBy === 'withdrawal') return { may: false, rule: 'CON-13', since: here.until };
  if (here?.endedBy === 'suspension') return { may: false, rule: 'CON-06', since: here.until };
  return { may: false, rule: 'CON-16', ...(here ? { since: here.until } : {}) };
};

/** No consent to the purpose holds, for anybody. */
const nobodyAgrees = (last: Over | undefined, purpose: string): Allowed => {
  if (!last) return { may: false, rule: purpose === takingPart ? 'CON-01' : 'CON-14' };
  const since = last.until;
  if (last.endedBy === 'suspension') return { may: false, rule: 'CON-06', since };
  if (last.endedBy === 'withdrawal') return { may: false, rule: purpose === takingPart ? 'CON-17' : 'CON-13', since };
  return { may: false, rule: 'CON-16', since };
};

/** Whether all that covered somebody for a purpose is over, and what was over last was withdrawn. A consent that does not say whom it covers may cover them. */
export const tookItBack = (
  { consents }: ConsentLedger,
  { person, purpose, at }: { readonly person: PersonId; readonly purpose: string; readonly at: Instant },
): boolean => {
  const theirs = consents.filter((consent) => consent.purpose === purpose && (consent.covers?.includes(person) ?? true));
  const reach = theirs.flatMap((consent) => consent.reach);
  if (reach.some(({ until }) => until === null || until > at)) return false;
  const last = lastEnded(reach, at);
  // What reaches nobody at all was taken back where it began.
  return last ? last.endedBy === 'withdrawal' : theirs.some(({ suspended }) => !suspended);
};

type Over = Stretch & { readonly until: Instant };

/** The stretch that was over last by that moment. */
const lastEnded = (stretches: readonly Stretch[], at: Instant): Over | undefined =>
  stretches
    .filter((stretch): stretch is Over => stretch.until !== null && stretch.until <= at)
    .reduce<Over | undefined>((last, stretch) => (last && last.until >= stretch.until ? last : stretch), undefined);
