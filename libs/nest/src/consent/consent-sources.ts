import type { Loaded } from '@waymark/event-store';
import { ledgerOf, withFact, type ConsentFact, type ConsentLedger, type FactAt } from '@waymark/consent';
import { instant, type AnyContract, type CaseId } from '@waymark/kernel';
import type { Collection, Document } from '@waymark/read-model';
import type { MessageOf } from '@waymark/reactions';
import { CausalClock } from '../clock/causal-clock.js';
import { copy, type AnyAggregate, type CopyDefinition } from '../platform/service-definition.js';
import { Problem } from '../problems/problem.js';
import type { ConsentDeps, ConsentSource } from './consent-ledgers.js';

/** The ledger that a service owns, read with the command that rests on it. */
export const ownLedger =
  (aggregate: AnyAggregate, ledger: (state: never) => ConsentLedger) =>
  ({ aggregates }: ConsentDeps): ConsentSource => ({
    of: async (caseId) => {
      const { state, version } = (await aggregates.load(aggregate, caseId)) as Loaded<never>;
      return { ledger: ledger(state), seen: version === 0 ? null : String(version) };
    },
  });

/** What was published of a family's consent, as it is kept: every fact, so that what is published again in a later version finds its place. */
export interface KeptLedger extends Document {
  readonly facts: readonly FactAt[];
  /** When the newest of it was dated. */
  readonly toldAt: string;
}

interface Copying<C extends AnyContract> {
  /** Contracts that tell of consent. */
  readonly takes: readonly C[];
  readonly outOf: readonly AnyContract[];
  /** Undefined: nothing that allows or ends anything. */
  readonly factOf: (message: MessageOf<C>) => ConsentFact | undefined;
}

/** The copy that a service keeps of families' consent ledgers, and the source that reads it. */
export const copiedLedgers = <C extends AnyContract>(service: string, { takes, outOf, factOf }: Copying<C>) => {
  const collection: Collection = { name: `${service}.consent-ledgers`, indexes: [] };
  const name = `${service}.consent-ledgers-copy`;
  const copied: CopyDefinition = copy({
    name,
    collections: [collection],
    takes,
    outOf,
    needs: ({ key }) => [{ in: collection.name, id: key }],
    take: async (message, documents) => {
      const { key, position, time } = message;
      const fact = factOf(message);
      const kept = await documents.get<KeptLedger>(collection.name, key);
      if (!fact) return;
      const toldAt = kept && kept.toldAt > time ? kept.toldAt : time;
      documents.put(collection.name, { id: key, facts: withFact(kept?.facts ?? [], { position, fact }), toldAt } satisfies KeptLedger);
    },
  });
  return { copy: copied, source: (deps: ConsentDeps): ConsentSource => ({ of: (caseId) => readCopy(deps, { name, collection }, caseId) }) };
};

const waitMs = 5_000;

/** A withdrawal takes effect at once (CON-13): what is recorded by now is waited for, and where it does not come the answer is no. */
const readCopy = async (
  deps: ConsentDeps,
  { name, collection }: { readonly name: string; readonly collection: Collection },
  caseId: CaseId,
) => {
  const { readModels, reactions } = deps;
  if (!(await reactions.waitForCopy(name, waitMs)))
    throw unknownConsent('What was recorded of the family’s consent has not reached this service within five seconds.');
  if (await reactions.isParked(name, caseId))
    throw unknownConsent('What was recorded of this family’s consent waits to be put right by those who run the platform.');
  const kept = await readModels.get<KeptLedger>(collection.name, caseId);
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
      detail: `${why} Nothing was recorded. Try again; a safety concern waits for no consent.`,
    },
    { 'retry-after': '5' },
  );
