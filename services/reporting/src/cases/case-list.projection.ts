import type { Recorded } from '@waymark/event-store';
import { isErased, type AnyEventDefinition, type CaseId, type Instant, type OrganisationId, type RuleId, type Uuid } from '@waymark/kernel';
import { episodeEvents } from '@waymark/planning-domain';
import { rules, type Authority } from '@waymark/policy';
import { ContactAcknowledged, ContactReceived } from '@waymark/referral-domain';
import { projection, type Documents } from '@waymark/event-processing';
import { caseList, type Breach, type CaseDocument, type CasePerson } from './case-document.js';
import { searchWords } from './search-words.js';
import { stageAfter } from './stage.js';

/** The only events of which the list shows something personal. */
const namesPeople: ReadonlySet<string> = new Set([ContactReceived.type]);

type Data = Readonly<Record<string, unknown>>;
type Change = Partial<CaseDocument>;
type Step = (data: Data, document: CaseDocument, at: Instant) => Change;

/** The list of cases, over the record of all services. Every step sets values, so that an event taken in twice changes nothing. */
export const caseListProjection = (handles: readonly AnyEventDefinition[]) =>
  projection({
    name: 'reporting.case-list',
    version: 2,
    collections: [caseList],
    handles,
    opens: handles.filter(({ type }) => namesPeople.has(String(type))),
    needs: ({ caseId }: Recorded) => (caseId === null ? [] : [{ in: caseList.name, id: caseId }]),
    project: async (event: Recorded, documents: Documents): Promise<void> => {
      const { caseId } = event;
      if (caseId === null) return;
      const before = (await documents.get<CaseDocument>(caseList.name, caseId)) ?? newCase(caseId, event);
      documents.put(caseList.name, afterEvent(before, event));
    },
  });

const newCase = (id: CaseId, { occurredAt }: Recorded): CaseDocument => ({
  ...{ id, authority: null, reference: null, stage: null, child: null, family: [], openedAt: occurredAt, lastActivityAt: occurredAt },
  ...{
    leadProfessional: null,
    organisations: [],
    deadlines: [],
    overdue: false,
    breaches: [],
    breached: false,
    drifting: false,
    searchWords: [],
  },
});

export const afterEvent = (before: CaseDocument, event: Recorded): CaseDocument => {
  const data = event.data as Data;
  const changed: CaseDocument = { ...before, ...stepOf(event.type)(data, before, event.occurredAt) };
  const stage = stageAfter(before.stage, event);
  return { ...changed, stage, ...activity(changed, event, data), ...flags(changed), searchWords: searchWordsOf(before, changed) };
};

/** Few events name anybody; for all others the words stay as they were. */
const searchWordsOf = (before: CaseDocument, after: CaseDocument): readonly string[] =>
  before.child === after.child && before.family === after.family && before.reference === after.reference
    ? before.searchWords
    : searchWords(namesIn(after));

const nothing: Step = () => ({});
const stepOf = (type: string): Step => steps[type] ?? deadlineSteps[type.replace(/^[^.]+\./, '')] ?? nothing;

const steps: Readonly<Record<string, Step>> = {
  [ContactReceived.type]: (data, { authority, child, family }) => {
    const contact = data as { authority: Authority; child: CasePerson; household: readonly CasePerson[] };
    const people = [contact.child, ...contact.household].map(personOf);
    return {
      // A case keeps its authority; a later contact may name another one (EP-08).
      authority: authority ?? contact.authority,
      child: child ?? personOf(contact.child),
      family: withoutChild(merged(family, people), child ?? personOf(contact.child)),
    };
  },
  [ContactAcknowledged.type]: ({ reference }, document) => ({ reference: document.reference ?? String(reference) }),
};

const personOf = ({ personId, name, relationship }: Partial<CasePerson> & Pick<CasePerson, 'personId'>): CasePerson => ({
  personId,
  name: name ?? null,
  relationship: relationship ?? null,
});

/** One entry a person; what a later contact says of them replaces what an earlier one said, but "unknown" replaces nothing. */
const merged = (known: readonly CasePerson[], named: readonly CasePerson[]): readonly CasePerson[] => {
  const people = new Map(known.map((person) => [person.personId, person]));
  for (const person of named) {
    const before = people.get(person.personId);
    people.set(person.personId, {
      ...person,
      name: person.name ?? before?.name ?? null,
      relationship: person.relationship ?? before?.relationship ?? null,
    });
  }
  return [...people.values()];
};
const withoutChild = (people: readonly CasePerson[], child: CasePerson): readonly CasePerson[] =>
  people.filter(({ personId }) => personId !== child.personId);

const deadlineSteps: Readonly<Record<string, Step>> = {
  'DeadlineSet.v1': (data, { deadlines }) => {
    const { deadlineId, rule, dueAt } = data as { deadlineId: Uuid; rule: RuleId; dueAt: Instant };
    return {
      deadlines: sorted([...without(deadlines, deadlineId), { deadlineId, rule, title: titleOf(rule), dueAt, missed: false }]),
    };
  },
  'DeadlineMissed.v1': (data, { deadlines, breaches }) => {
    const { deadlineId, rule, dueAt } = data as { deadlineId: Uuid; rule: RuleId; dueAt: Instant };
    const breach: Breach = { deadlineId, rule, title: titleOf(rule), dueAt, metAt: null };
    return {
      deadlines: deadlines.map((deadline) => (deadline.deadlineId === deadlineId ? { ...deadline, missed: true } : deadline)),
      breaches: sorted([...without(breaches, deadlineId), breach]),
    };
  },
  'DeadlineMet.v1': ({ deadlineId }, { deadlines, breaches }, at) => ({
    deadlines: without(deadlines, deadlineId),
    breaches: breaches.map((breach) => (breach.deadlineId === deadlineId ? { ...breach, metAt: at } : breach)),
  }),
  'DeadlineCancelled.v1': ({ deadlineId }, { deadlines }) => ({ deadlines: without(deadlines, deadlineId) }),
};
const titleOf = (rule: RuleId): string => rules[rule]?.title ?? rule;
const without = <D extends { readonly deadlineId: Uuid }>(deadlines: readonly D[], gone: unknown): readonly D[] =>
  deadlines.filter(({ deadlineId }) => deadlineId !== gone);
const sorted = <D extends { readonly dueAt: Instant }>(deadlines: readonly D[]): readonly D[] =>
  deadlines.toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0));

/** Who is at work in the case, and since when. */
const activity = (document: CaseDocument, { actor, occurredAt, type }: Recorded, data: Data): Change => {
  const byThePlatform = actor.role === 'system';
  const named = [data['organisation'], byThePlatform || actor.role === 'public' ? null : actor.organisation].filter(
    (id) => typeof id === 'string',
  );
  return {
    lastActivityAt: !byThePlatform && occurredAt > document.lastActivityAt ? occurredAt : document.lastActivityAt,
    organisations: withAll(document.organisations, named as OrganisationId[]),
    ...(leads.has(type) ? { leadProfessional: data['leadProfessional'] as CaseDocument['leadProfessional'] } : {}),
  };
};

const withAll = (known: readonly OrganisationId[], named: readonly OrganisationId[]): readonly OrganisationId[] =>
  named.every((organisation) => known.includes(organisation)) ? known : [...new Set([...known, ...named])].toSorted();

/** The events that say who leads from now on; a proposal does not. */
export const leads: ReadonlySet<string> = new Set([
  episodeEvents.EpisodeOpened.type,
  episodeEvents.EpisodeReopened.type,
  episodeEvents.LeadProfessionalConfirmed.type,
  episodeEvents.LeadProfessionalAccepted.type,
]);

/** Past the end of the review window (TAF-02). */
const driftRule = 'TAF-02';
const flags = ({ deadlines, breaches }: CaseDocument): Change => ({
  breached: breaches.length > 0,
  overdue: deadlines.some(({ missed }) => missed),
  drifting: deadlines.some(({ missed, rule }) => missed && rule === driftRule),
});

const namesIn = ({ child, family, reference }: CaseDocument): readonly string[] =>
  [child?.name ?? null, ...family.map(({ name }) => name), reference].filter((text) => text !== null && !isErased(text)) as string[];

export const projectedTypes: readonly string[] = [...Object.keys(steps), ...leads];
