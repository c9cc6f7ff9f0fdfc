import {
  refuse,
  type Command,
  type Decision,
  type DomainEvent,
  type Instant,
  type OrganisationId,
  type PersonId,
  type Refused,
  type RuleId,
} from '@waymark/kernel';
import { newestOf, takingPart, type ConsentLedger } from './ledger.js';
import { mayUse, type Action, type Allowed } from './may-use.js';

/**
 * Why a command waits for no consent. `safeguarding`: nothing holds it up (FD-11). `closing`: what closing needs, and `asking`: asking the family, go on
 * after a withdrawal (CON-17). `correction`: what is wrong is put right (GEN-03). `own-ground`: the records of consent itself rest on their own lawful
 * basis (CON-16). `follows`: the platform carries on what was decided already, and adds nothing about anybody.
 */
export type WaitsForNone = 'safeguarding' | 'closing' | 'asking' | 'correction' | 'own-ground' | 'follows';

/** What a command does that rests on consent. The fields at fault are named by the keys of `about` and `with`. */
export interface Use<S> {
  /** {@link takingPart} where it is left out. */
  readonly purpose?: string;
  readonly action: Action;
  /** `anybody`: it is enough that the family has agreed, whomever that reaches. The actor's own organisation where it is left out. */
  readonly by?: 'anybody';
  /** Whom it is about, by name (CON-16). */
  readonly about?: Readonly<Record<string, readonly PersonId[]>>;
  /** With which agencies, beside the actor's own. */
  readonly with?: Readonly<Record<string, readonly OrganisationId[]>>;
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
  const people = use.aboutOneOf?.(state) ?? [];
  return (
    refusedOf(named(use.about), 'person', (person) => ask(person, actor)) ??
    refusedOf(named(use.with), 'agency', (organisation) => ask(null, organisation)) ??
    inWords(
      askOfOne(people, (person) => ask(person, actor)),
      'actor',
    )
  );
};

type Ask = (person: PersonId | null, organisation: OrganisationId | null) => Denied | undefined;

/** Both at the moment that the command tells of and now. */
const asking = <S>({ purpose = takingPart, action }: Use<S>, { meta }: Command, ledger: KnownConsent['ledger']): Ask => {
  const newest = newestOf(ledger);
  // A clock that was set back brings nothing back that was withdrawn by the clock before.
  const now = newest !== null && newest > meta.now ? newest : meta.now;
  return (person, organisation) =>
    [meta.occurredAt, now].map((at: Instant) => mayUse(ledger, { person, organisation, purpose, action, at })).find(isDenied);
};

const refusedOf = <T>(
  fields: readonly (readonly [string, T])[],
  about: About,
  ask: (one: T) => Denied | undefined,
): Refused | undefined => {
  for (const [field, one] of fields) {
    const refusal = inWords(ask(one), about, field);
    if (refusal) return refusal;
  }
  return undefined;
};

const inWords = (denied: Denied | undefined, about: About, field?: string): Refused | undefined =>
  denied && refuse(denied.rule, words(denied.rule, about), field === undefined ? {} : { field });

type Denied = Extract<Allowed, { may: false }>;
const isDenied = (answer: Allowed): answer is Denied => !answer.may;

const named = <T>(lists: Readonly<Record<string, readonly T[]>> = {}): readonly (readonly [string, T])[] =>
  Object.entries(lists).flatMap(([field, list]) => list.map((one) => [field, one] as const));

const askOfOne = (people: readonly PersonId[], ask: (person: PersonId | null) => Denied | undefined): Denied | undefined => {
  const family = ask(null);
  if (family || people.length === 0) return family;
  const denied = people.map(ask);
  return denied.every((one) => one !== undefined) ? denied[0] : undefined;
};

type About = 'person' | 'agency' | 'actor';

const beyond: Readonly<Record<About, string>> = {
  person: 'No consent in force covers this person here: ask who may answer for them, and record it first.',
  agency: 'No consent in force reaches the agency that is named: ask the family, or leave it out.',
  actor: 'No consent in force reaches your agency here: ask the family, and record it first.',
};
const withdrawn: Readonly<Record<About, string>> = {
  person: 'The consent that covered this person was withdrawn: ask anew, or leave them out. A safety concern waits for no consent.',
  agency: 'The consent no longer reaches the agency that is named: leave it out, ask the family, or record a decision to share.',
  actor: 'The consent no longer reaches your agency: what is left is closing, asking the family anew, and safeguarding.',
};

const words = (rule: RuleId, about: About): string => {
  switch (rule) {
    case 'CON-01':
      return 'Early Help is voluntary, and no consent to take part was in force: record it first.';
    case 'CON-06':
      return "The child's own consent is suspended, because their understanding is in doubt: ask a person with parental responsibility first.";
    case 'CON-13':
      return withdrawn[about];
    case 'CON-14':
      return 'This needs a consent of its own, and none is in force: ask the family, and record it first.';
    case 'CON-17':
      return 'The family has withdrawn its consent to take part: what is left is closing, asking anew, and safeguarding.';
    default:
      return beyond[about];
  }
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
