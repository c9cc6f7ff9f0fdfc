import type { Loaded, Recorded } from '@waymark/event-store';
import { ledgerOf, withFact, type ConsentFact, type ConsentLedger, type FactAt, type KnownConsent } from '@waymark/consent';
import { instant, type AnyContract, type AnyEventDefinition, type CaseId } from '@waymark/kernel';
import type { Collection, Document } from '@waymark/read-model';
import { projection, type Documents, type MessageOf, type SealedOf } from '@waymark/event-processing';
import { CausalClock } from '../clock/causal-clock.js';
import { replica, type AnyAggregate, type ReplicaDefinition } from '../platform/service-definition.js';
import { Problem } from '../problems/problem.js';
import type { ConsentDeps, ConsentSource } from './consent-ledgers.js';

/** The ledger that a service owns, read with the command that rests on it. */
export const ownLedger =
  (aggregate: AnyAggregate, ledger: (state: never) => ConsentLedger) =>
  ({ aggregates }: ConsentDeps): ConsentSource => {
    const of = async (caseId: CaseId): Promise<KnownConsent> => {
      const { state, version } = (await aggregates.load(aggregate, caseId)) as Loaded<never>;
      return { ledger: ledger(state), seen: version === 0 ? null : String(version) };
    };
    return {
      of,
      ofAll: async (cases) => new Map(await Promise.all(cases.map(async (caseId) => [caseId, await of(caseId)] as const))),
    };
  };

/** What was published of a family's consent, as it is kept: every fact, so that what is published again in a later version finds its place. */
export interface KeptLedger extends Document {
  readonly facts: readonly FactAt[];
  /** When the newest of it was dated. */
  readonly toldAt: string;
}

interface ReplicaOptions<C extends AnyContract> {
  /** Contracts that report consent. */
  readonly takes: readonly C[];
  readonly outOf: readonly AnyContract[];
  /** Undefined: nothing that allows or ends anything. */
  readonly factOf: (message: MessageOf<C>) => ConsentFact | undefined;
}

/** The copy that a service keeps of families' consent ledgers, and the source that reads it. */
export const replicatedLedgers = <C extends AnyContract>(service: string, { takes, outOf, factOf }: ReplicaOptions<C>) => {
  const collection = keptLedgers(service);
  const name = `${service}.consent-ledgers-copy`;
  const copied: ReplicaDefinition = replica({
    name,
    collections: [collection],
    takes,
    outOf,
    needs: ({ key }) => [{ in: collection.name, id: key }],
    take: async (message, documents) => keep(documents, collection, message, factOf(message)),
  });
  return { replica: copied, source: (deps: ConsentDeps) => keptIn(deps, { name, collection }) };
};

interface Projecting<D extends AnyEventDefinition> {
  /** Events that record consent. */
  readonly handles: readonly D[];
  /** Undefined: nothing that allows or ends anything. */
  readonly factOf: (event: SealedOf<D>) => ConsentFact | undefined;
}

/** The same for a service that reads the event log itself, and gets no messages over the bus. */
export const projectedLedgers = <const D extends AnyEventDefinition>(service: string, { handles, factOf }: Projecting<D>) => {
  const collection = keptLedgers(service);
  const { name } = collection;
  const projected = projection<D, never>({
    name,
    collections: [collection],
    handles,
    opens: [],
    needs: ({ caseId }) => (caseId === null ? [] : [{ in: name, id: caseId }]),
    project: async (event, documents) => {
      const { caseId, position, occurredAt } = event as Recorded;
      if (caseId !== null) await keep(documents, collection, { key: caseId, position, time: occurredAt }, factOf(event as SealedOf<D>));
    },
  });
  return { projection: projected, source: (deps: ConsentDeps) => keptIn(deps, { name, collection }) };
};

const keptLedgers = (service: string): Collection => ({ name: `${service}.consent-ledgers`, indexes: [] });

const keep = async (
  documents: Documents,
  { name }: Collection,
  { key, position, time }: { readonly key: string; readonly position: string; readonly time: string },
  fact: ConsentFact | undefined,
): Promise<void> => {
  const kept = await documents.get<KeptLedger>(name, key);
  if (!fact) return;
  const toldAt = kept && kept.toldAt > time ? kept.toldAt : time;
  documents.put(name, { id: key, facts: withFact(kept?.facts ?? [], { position, fact }), toldAt } satisfies KeptLedger);
};

const waitMs = 5_000;

interface Kept {
  /** Of the reaction. */
  readonly name: string;
  readonly collection: Collection;
}

/** A withdrawal applies at once (CON-13): waits for what is recorded by now, and refuses where that does not arrive. */
const keptIn = (deps: ConsentDeps, { name, collection }: Kept): ConsentSource => {
  const ofAll: ConsentSource['ofAll'] = async (cases) => {
    const { readModels, reactions } = deps;
    if (!(await reactions.waitForReplica(name, waitMs)))
      throw unknownConsent('What was recorded of the family’s consent has not reached this service within five seconds.');
    // In this order: what is put right in between is in what is read then.
    const parked = await reactions.parkedOf(name, cases);
    const kept = await readModels.getMany<KeptLedger>(collection.name, cases);
    return new Map(cases.map((caseId) => [caseId, parked.has(caseId) ? isParked() : known(deps, kept.get(caseId))]));
  };
  return {
    of: async (caseId) => {
      const answer = (await ofAll([caseId])).get(caseId)!;
      if (answer instanceof Problem) throw answer;
      return answer;
    },
    ofAll,
  };
};

const isParked = (): Problem =>
  unknownConsent('What was recorded of this family’s consent waits to be put right by those who run the platform.');

const known = (deps: ConsentDeps, kept: KeptLedger | undefined): KnownConsent => {
  if (!kept) return { ledger: ledgerOf([]), seen: null };
  observe(deps, kept);
  return { ledger: ledgerOf(kept.facts), seen: kept.facts.at(-1)?.position ?? null };
};

/** A decision is dated no earlier than what it rests on. */
const observe = ({ clock }: ConsentDeps, { toldAt }: KeptLedger): void => {
  if (clock instanceof CausalClock) clock.observe(instant(toldAt));
};

/** B7: it cannot be known, and is refused. */
const unknownConsent = (why: string): Problem =>
  new Problem(
    {
      type: 'urn:waymark:problem:consent-unknown',
      title: 'What the family has agreed to cannot be known now',
      status: 503,
      detail: `${why} Nothing was shown or recorded. Try again; a safety concern waits for no consent.`,
    },
    { 'retry-after': '5' },
  );
