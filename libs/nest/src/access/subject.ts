import { Uuid, type CaseId } from '@waymark/kernel';
import type { AnyAggregate } from '../platform/service-definition.js';
import { badRequest, notFound } from '../problems/problem.js';

/** What came with a request, before any of it was checked. */
export interface Asked {
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The case that a request is about, and the record of it. */
export interface AboutCase {
  readonly caseId: CaseId;
  /** Null where the case as a whole is meant. */
  readonly record: string | null;
}

/** Finds the case that a record belongs to; undefined where there is no such record. */
export type CaseOfRecord = (aggregate: AnyAggregate, id: string) => Promise<CaseId | undefined>;

/**
 * About whom a route is, by its own parameters. `case`: one family's. `new`: who is not on record yet. `cases`: a list, which shows what its reader may
 * read one by one. `operation`: the platform's own affairs that name cases,
 * `on` the one that stands in this parameter. `nobody`: nothing that names one.
 */
export type Subject =
  | { readonly kind: 'case'; readonly service: string; readonly find: (asked: Asked, caseOf: CaseOfRecord) => Promise<AboutCase | 'new'> }
  | { readonly kind: 'cases'; readonly service: string }
  | { readonly kind: 'operation'; readonly on?: string }
  | { readonly kind: 'nobody' };

const nameOf = ({ name }: { readonly name: string }): readonly [service: string, record: string] => {
  const [service = '', record = 'record'] = name.split('.');
  return [service, record.replaceAll('-', ' ')];
};

const idIn = ({ params }: Asked, parameter: string, what: string): Uuid => {
  const parsed = Uuid.safeParse(params[parameter]);
  // What cannot be an id is simply not found.
  if (!parsed.success) throw notFound(what);
  return parsed.data;
};

/** The case of the record whose id stands in the address: `caseOf(eha, 'ehaId')`. */
export const caseOf = (aggregate: AnyAggregate, parameter: string): Subject => {
  const [service, what] = nameOf(aggregate);
  return {
    kind: 'case',
    service,
    find: async (asked, caseOfRecord) => {
      const record = idIn(asked, parameter, what);
      const caseId = await caseOfRecord(aggregate, record);
      if (!caseId) throw notFound(what);
      return { caseId, record };
    },
  };
};

/** The case whose own id stands in the address. */
export const theCase = (service: string, parameter: string): Subject => ({
  kind: 'case',
  service,
  find: async (asked) => ({ caseId: idIn(asked, parameter, 'case') as unknown as CaseId, record: null }),
});

/** The case that the body names; with `or new`, a body that names none begins one. */
export const caseNamedBy = (service: string, field: string, otherwise?: 'or new'): Subject => ({
  kind: 'case',
  service,
  find: async ({ body }) => {
    const named = valueOf(body, field);
    if (named === undefined && otherwise) return 'new';
    const parsed = Uuid.safeParse(named);
    if (parsed.success) return { caseId: parsed.data as unknown as CaseId, record: null };
    const message = named === undefined ? 'is missing: name the case' : 'must be an id of this platform';
    throw badRequest(`${field} ${message}`, { field, errors: [{ field, message }] });
  },
});

const valueOf = (body: unknown, field: string): unknown => {
  if (body === undefined) throw badRequest('The body is empty; send a JSON object.');
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw badRequest('The body must be a JSON object.');
  return Object.hasOwn(body, field) ? (body as Readonly<Record<string, unknown>>)[field] : undefined;
};

/** A list of records of cases, filtered by what its reader may read. */
export const casesOf = (service: string): Subject => ({ kind: 'cases', service });

/** How the platform runs, where that names cases: what is parked. */
export const operation: Subject = { kind: 'operation' };

/** The same of one person or case, whose id stands in the address: `operationOn('subjectId')`. */
export const operationOn = (parameter: string): Subject => ({ kind: 'operation', on: parameter });

/** The person or case that an operation concerns; null where its address names none, and where what stands there is no id. */
export const concernedBy = (of: Subject, { params }: Asked): Uuid | null =>
  of.kind === 'operation' && of.on !== undefined ? (Uuid.safeParse(params[of.on]).data ?? null) : null;

export const nobody: Subject = { kind: 'nobody' };
