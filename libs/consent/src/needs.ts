import {
  refuse,
  type Command,
  type Decision,
  type DomainEvent,
  type Instant,
  type OrganisationId,
  type PersonId,
  type Refused,
} from '@waymark/kernel';
import { newestOf, takingPart, type ConsentLedger } from './ledger.js';
import { mayUse, tookItBack, type Action, type Allowed } from './may-use.js';
import { words, type About } from './words.js';

/**
 * Why a command waits for no consent. `safeguarding`: nothing holds it up (FD-11). `closing`: what closing needs, and `asking`: asking the family, go on
 * after a withdrawal (CON-17). `correction`: what is wrong is put right (GEN-03). `own-ground`: the records of consent itself rest on their own lawful
 * basis (CON-16). `follows`: the platform carries on what was decided already, and adds nothing about anybody.
 */
export type WaitsForNone = 'safeguarding' | 'closing' | 'asking' | 'correction' | 'own-ground' | 'follows';

/** People or agencies, by the field that names them: those that a command names, or that the state does. */
export type Named<T, S> = Readonly<Record<string, readonly T[]>> | ((state: S) => Readonly<Record<string, readonly T[]>>);

/** What a command does that rests on consent. The fields at fault are named by the keys of `about` and `with`. */
export interface Use<S> {
  /** {@link takingPart} where it is left out. */
  readonly purpose?: string;
  readonly action: Action;
  /** `anybody`: it is enough that the family has agreed, whomever that reaches. The actor's own organisation where it is left out. */
  readonly by?: 'anybody';
  /** Whom it is about, by name (CON-16): each is asked for with the actor's own agency and with every agency of `with`. */
  readonly about?: Named<PersonId, S>;
  /** With which agencies, beside the actor's own. Where nobody is named it is enough that a consent reaches them; a decision to share is not. */
  readonly with?: Named<OrganisationId, S>;
  /**
   * Of whom the agencies of `with` learn, though the command need not name them. Left aside is whoever has not agreed to anything yet, and for whom nobody
   * has: they are only asked to come. So is whoever no longer takes part, because all that covered them was withdrawn.
   */
  readonly alsoAbout?: (state: S) => readonly PersonId[];
  /**
   * When it happened, where the command says so beside its `occurredAt`. Asked for then, or at `agreedBy`: what is agreed while it goes on may be dated after its
   * beginning.
   */
  readonly happened?: { readonly at: Instant; readonly agreedBy: Instant };
  /** Where it names nobody: those whom the record is about. One of them is covered, if there are any. */
  readonly aboutOneOf?: (state: S) => readonly PersonId[];
}

export type Need<C extends Command, S> = WaitsForNone | ((command: Omit<C, 'meta'>) => WaitsForNone | Use<S> | readonly Use<S>[]);

/** What each kind of command of an aggregate needs of consent: a kind that is left out does not compile. */
export type ConsentNeeds<C extends Command, S> = { readonly [K in C['kind']]: Need<Extract<C, { readonly kind: K }>, S> };

/** The ledger as it was known when something was decided, and how far. */
export interface KnownConsent {
  readonly ledger: ConsentLedger;
  /** The version of its stream, or the position of the newest that is known of it; null where there is nothing. */
  readonly seen: string | null;
}

/** A command with what is known of consent beside it; absent for what the platform itself commands. */
export interface CarriesConsent {
  readonly consent?: KnownConsent;
}

/** An aggregate whose commands rest on consent: whoever runs one asks first whether the ledger is to be read. */
export interface RestsOnConsent {
  readonly restsOnConsent: (command: { readonly kind: string }) => boolean;
}

const usesOf = <C extends Command, S>(needs: ConsentNeeds<C, S>, command: Omit<C, 'meta'>): readonly Use<S>[] => {
  const need = needs[(command as C).kind as C['kind']] as Need<C, S> | undefined;
  const said = typeof need === 'function' ? need(command) : need;
  if (said === undefined || typeof said === 'string') return [];
  return Array.isArray(said) ? (said as readonly Use<S>[]) : [said as Use<S>];
};

export const restsOnConsent =
  <C extends Command, S>(needs: ConsentNeeds<C, S>): RestsOnConsent['restsOnConsent'] =>
  (command) =>
    Object.hasOwn(needs, command.kind) && usesOf(needs, command as C).length > 0;

/** A decider that asks consent before anything else. A command that rests on consent and comes without what is known of it is refused. */
export const restingOnConsent =
  <C extends Command, S, Rest extends readonly unknown[], D>(
    needs: ConsentNeeds<C, S>,
    decide: (command: C, state: S, ...rest: Rest) => D,
  ): ((command: C & CarriesConsent, state: S, ...rest: Rest) => D | Refused) =>
  (command, state, ...rest) =>
    consentCovers(needs, command, state) ?? decide(command, state, ...rest);

/** CON-13, CON-16, CON-17: nothing is done about anybody, by or with an agency, that no consent covers, when it happened and now. */
const consentCovers = <C extends Command, S>(needs: ConsentNeeds<C, S>, command: C & CarriesConsent, state: S): Refused | undefined => {
  for (const use of usesOf(needs, command)) {
    const refusal = command.consent ? refusalOf(use, command, command.consent, state) : nothingKnown;
    if (refusal) return refusal;
  }
  return undefined;
};

const nothingKnown = refuse('CON-16', 'Nothing is known of what the family has agreed to: nothing is recorded without that.');

const refusalOf = <S>(use: Use<S>, command: Command, { ledger }: KnownConsent, state: S): Refused | undefined => {
  const actor = use.by === 'anybody' ? null : command.meta.actor.organisation;
  const ask = asking(use, command, ledger);
  const about = namedBy(use.about, state);
  const alsoAbout = (use.alsoAbout?.(state) ?? []).filter(
    (person) =>
      mayHaveAgreed(ledger, person) && !tookItBack(ledger, { person, purpose: use.purpose ?? takingPart, at: nowOf(command, ledger) }),
  );
  const people = [...about.map(([, person]) => person), ...alsoAbout];
  return (
    refusedOf(about, (person) => inWords(ask(person, actor), 'person')) ??
    refusedOf(namedBy(use.with, state), (agency) => refusalOfAgency(ask, agency, people)) ??
    // Whoever is named was asked for with the actor already.
    (about.length === 0 ? inWords(askOfOne(aboutOneOf(use, state), actor, ask), 'actor') : undefined)
  );
};

const aboutOneOf = <S>(use: Use<S>, state: S): readonly PersonId[] => use.aboutOneOf?.(state) ?? [];

type Ask = (person: PersonId | null, organisation: OrganisationId | null) => Denied | undefined;

/** A clock that was set back brings nothing back that was withdrawn by the clock before. */
const nowOf = ({ meta }: Pick<Command, 'meta'>, ledger: ConsentLedger): Instant => {
  const newest = newestOf(ledger);
  return newest !== null && newest > meta.now ? newest : meta.now;
};

/** At the moment that the command tells of, and now. */
const asking = <S>({ purpose = takingPart, action, happened }: Use<S>, { meta }: Command, ledger: ConsentLedger): Ask => {
  const now = nowOf({ meta }, ledger);
  const moments: readonly Instant[] = [...(happened ? [happened.at] : []), meta.occurredAt, now];
  return (person, organisation) => {
    const askAt = (at: Instant): Allowed => mayUse(ledger, { person, organisation, purpose, action, at });
    const answers = moments.map((at) => {
      const answer = askAt(at);
      const later = answer.may ? undefined : agreedBy(happened, at, now);
      return later !== undefined && askAt(later).may ? ({ may: true } as const) : answer;
    });
    const denied = answers.find((answer) => !answer.may);
    return denied && { ...denied, action };
  };
};

/** By when it is early enough to be agreed, for a moment at which it went on; no later than now. */
const agreedBy = (happened: Use<unknown>['happened'], at: Instant, now: Instant): Instant | undefined => {
  if (!happened || at < happened.at || at > happened.agreedBy) return undefined;
  return happened.agreedBy < now ? happened.agreedBy : now;
};

/** CON-16: every pair of a person and an agency. That somebody is reached by it, and everybody by some other, allows nothing. */
const refusalOfAgency = (ask: Ask, agency: OrganisationId, people: readonly PersonId[]): Refused | undefined => {
  if (people.length === 0) return inWords(ask(null, agency), 'agency');
  const denied = people.map((person) => ask(person, agency)).find((one) => one !== undefined);
  return inWords(denied, ask(null, agency) ? 'agency' : 'pair');
};

/** Whether any consent or decision speaks of somebody, in force or not. One that does not say of whom may well. */
const mayHaveAgreed = ({ consents, decisions }: ConsentLedger, person: PersonId): boolean =>
  [...consents.map(({ covers }) => covers), ...decisions.map(({ about }) => about)].some((people) => people?.includes(person) ?? true);

const refusedOf = <T>(fields: readonly (readonly [string, T])[], refusalFor: (one: T) => Refused | undefined): Refused | undefined => {
  for (const [field, one] of fields) {
    const refusal = refusalFor(one);
    if (refusal) return { ...refusal, field };
  }
  return undefined;
};

const inWords = (denied: Denied | undefined, about: About): Refused | undefined =>
  denied && refuse(denied.rule, words(denied.rule, about, denied.action));

type Denied = Extract<Allowed, { may: false }> & { readonly action: Action };

const namedBy = <T, S>(lists: Named<T, S> = {}, state: S): readonly (readonly [string, T])[] =>
  Object.entries(typeof lists === 'function' ? lists(state) : lists).flatMap(([field, list]) => list.map((one) => [field, one] as const));

const askOfOne = (people: readonly PersonId[], actor: OrganisationId | null, ask: Ask): Denied | undefined => {
  const family = ask(null, actor);
  if (family || people.length === 0) return family;
  const denied = people.map((person) => ask(person, actor));
  return denied.every((one) => one !== undefined) ? denied[0] : undefined;
};

/** A decider that asks consent once all else allows it: whoever may not do it at all learns nothing of what the family agreed to. */
export const thenRestingOnConsent =
  <C extends Command, S, Rest extends readonly unknown[], E extends DomainEvent>(
    needs: ConsentNeeds<C, S>,
    decide: (command: C, state: S, ...rest: Rest) => Decision<E>,
  ): ((command: C & CarriesConsent, state: S, ...rest: Rest) => Decision<E>) =>
  (command, state, ...rest) => {
    const decision = decide(command, state, ...rest);
    return decision.outcome === 'refused' ? decision : (consentCovers(needs, command, state) ?? decision);
  };
