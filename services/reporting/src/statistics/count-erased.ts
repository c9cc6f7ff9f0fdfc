import { ChildNamed } from '@waymark/assessment-domain';
import { collect, type Recorded, type UnreadableEvent } from '@waymark/event-store';
import { reveal, type CaseId, type Day, type Instant, type PersonId, type Sealed, type Uuid } from '@waymark/kernel';
import {
  ageBands,
  ErasedCaseCounted,
  ErasedChildCounted,
  quarters,
  type AgeBand,
  type Band,
  type CountingDeps,
  type CountOf,
  type Statistic,
} from '@waymark/nest';
import { episodeEvents, tafEvents } from '@waymark/planning-domain';
import { ageOn, londonDay, type Authority } from '@waymark/policy';
import { filterOf } from '@waymark/event-processing';
import { ContactReceived } from '@waymark/referral-domain';
import { stageAfter, type Stage } from '../cases/stage.js';

interface ContactData {
  readonly authority: Authority;
  readonly child: { readonly personId: PersonId; readonly birth: Sealed<string>; readonly dateOfBirth: Sealed<Day> | null };
}

const isReadable = (event: Recorded | UnreadableEvent): event is Recorded => !(event instanceof Error);
const of = (events: readonly Recorded[], { type }: { readonly type: string }) => events.filter((event) => event.type === type);
const contactsIn = (events: readonly Recorded[]) => of(events, ContactReceived).map(({ data }) => data as ContactData);

/** What stays countable of a case, or of a child of one (docs/adr/0019). */
export const countsErased =
  ({ store, isErased }: CountingDeps): CountOf =>
  async (subjectId: Uuid): Promise<Statistic | undefined> => {
    const caseOf = async (caseId: CaseId) => (await collect(store.readAll('start', { filter: { caseId } }))).filter(isReadable);
    const events = await caseOf(subjectId as string as CaseId);
    if (events.length > 0) return countCase(events, await childrenLeft(events, { store, isErased }));
    const [caseId] = await casesLeft(subjectId as string as PersonId, { store, isErased });
    return caseId && countChild(await caseOf(caseId), subjectId as string as PersonId);
  };

/** The cases whose child this is; none where one of them was erased: the child was counted with it. Looks no further than to that one. */
const casesLeft = async (personId: PersonId, { store, isErased }: CountingDeps): Promise<readonly CaseId[]> => {
  const cases = new Set<CaseId>();
  for await (const { caseId, children } of namedIn(store)) {
    if (!children.includes(personId) || cases.has(caseId)) continue;
    if (await isErased(caseId)) return [];
    cases.add(caseId);
  }
  return [...cases];
};

/** By the open part of the record, page by page: it is as long as the record. */
async function* namedIn(store: CountingDeps['store']) {
  const filter = filterOf([ContactReceived, ChildNamed]);
  for await (const page of store.readAll('start', { ...(filter ? { filter } : {}), opens: [] }))
    for (const event of page.filter(isReadable)) if (event.caseId) yield { caseId: event.caseId, children: childrenIn([event]) };
}

const childrenIn = (events: readonly Recorded[]): readonly PersonId[] => [
  ...new Set([
    ...contactsIn(events).map(({ child }) => child.personId),
    ...of(events, ChildNamed).map(({ data }) => (data as { childId: PersonId }).childId),
  ]),
];

/** Who was erased before, or with another case, was counted before. */
const childrenLeft = async (events: readonly Recorded[], { store, isErased }: CountingDeps): Promise<readonly PersonId[]> => {
  const left = new Set(childrenIn(events));
  for (const childId of left) if (await isErased(childId)) left.delete(childId);
  for await (const { caseId, children } of namedIn(store)) {
    if (left.size === 0) break;
    const told = children.filter((child) => left.has(child));
    if (told.length > 0 && (await isErased(caseId))) for (const child of told) left.delete(child);
  }
  return [...left];
};

const countCase = (events: readonly Recorded[], children: readonly PersonId[]): Statistic | undefined => {
  const began = whereAndWhen(events);
  if (!began) return undefined;
  const bandsOfChildren = children.map((child) => ageBandOf(events, child));
  const missed = events.filter(({ type }) => type.endsWith('.DeadlineMissed.v1')).length;
  const met = events.filter(({ type, data }) => type.endsWith('.DeadlineMet.v1') && !(data as { late: boolean }).late).length;
  return ErasedCaseCounted({
    ...began,
    ageBands: bandsOfChildren.toSorted((a, b) => ageBands.indexOf(a) - ageBands.indexOf(b)),
    outcome: events.reduce<Stage | null>(stageAfter, null) ?? 'not-known',
    closedBecause: closedBecause(events),
    ...{ deadlinesMet: bandOf(met), deadlinesMissed: bandOf(missed), meetings: bandOf(of(events, tafEvents.TafHeld).length) },
  });
};

const countChild = (events: readonly Recorded[], childId: PersonId): Statistic | undefined => {
  const began = whereAndWhen(events);
  return began && ErasedChildCounted({ ...began, ageBand: ageBandOf(events, childId) });
};

/** Of a case without a contact the authority is not known here, and it is counted nowhere. */
const whereAndWhen = (events: readonly Recorded[]) => {
  const [contact] = contactsIn(events);
  const began = beganOn(events);
  if (!contact || !began) return undefined;
  const quarter = quarters[Math.floor((Number(began.slice(5, 7)) - 1) / 3)] ?? 'Q1';
  return { authority: contact.authority, year: Number(began.slice(0, 4)), quarter };
};

const beganOn = (events: readonly Recorded[]): Day | undefined =>
  events
    .map(({ occurredAt }): Instant => occurredAt)
    .toSorted()
    .map(londonDay)[0];

/** A code of another shape than the statistic takes is left out: an erasure does not wait for it. */
const closedBecause = (events: readonly Recorded[]): string | null => {
  const closed = of(events, episodeEvents.EpisodeClosed).at(-1);
  const reason = closed ? reveal((closed.data as { reason: Sealed<string> }).reason, null) : null;
  return ErasedCaseCounted.schema.shape.closedBecause.safeParse(reason).success ? reason : null;
};

/** When the case began; of who was not born then, or is not yet, unborn. */
const ageBandOf = (events: readonly Recorded[], childId: PersonId): AgeBand => {
  const told = contactsIn(events).filter(({ child }) => child.personId === childId);
  const born = told.map(({ child: { dateOfBirth } }) => reveal(dateOfBirth ?? null, null)).findLast((day) => day !== null);
  const began = beganOn(events);
  if (born && began) return born > began ? 'unborn' : bandOfAge(ageOn(born, began));
  return told.some(({ child: { birth } }) => birth === 'unborn') ? 'unborn' : 'not-known';
};

const upTo: readonly (readonly [number, AgeBand])[] = [
  [0, 'under-1'],
  [4, '1-4'],
  [9, '5-9'],
  [15, '10-15'],
];
const bandOfAge = (age: number): AgeBand => upTo.find(([oldest]) => age <= oldest)?.[1] ?? '16-or-over';

const bandOf = (many: number): Band => (many === 0 ? 'none' : many <= 2 ? '1-2' : many <= 5 ? '3-5' : '6-or-more');
