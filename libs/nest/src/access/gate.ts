import {
  decideAccess,
  officesOf,
  otherwiseOf,
  withheldOn,
  type About,
  type AccessDecision,
  type AccessPolicy,
  type Part,
} from '@waymark/access';
import type { CaseId, Clock, RuleId } from '@waymark/kernel';
import { authorities } from '@waymark/policy';
import type { RequestContext } from '../identity/request-context.js';
import { notFound, Problem, problem } from '../problems/problem.js';
import type { AccessLog } from './access-log.js';
import type { GrantedList, Reach, RecordOfCase } from './case-lists.js';
import { Judge, type Judged, type KnownCase, type Question } from './judge.js';
import { notKnownYet, type Relationships } from './relationships.js';
import type { ConsentLedgers } from '../consent/consent-ledgers.js';
import { concernedBy, type AboutCase, type Asked, type CaseOfRecord, type Subject } from './subject.js';

/** What a route says of itself to the gate. */
export interface Declared {
  /** By the policy's name: what it does, or what it shows in words. */
  readonly name: string;
  readonly of: Subject;
}

/** With what the gate lets a request through. */
export interface Granted {
  /** About whom: what handlers read is held to it (`CaseRecords`). */
  readonly about: About;
  /** The parts that this reader does not see of the record. */
  readonly withheld: ReadonlyMap<Part, RuleId>;
  /** For a list: which records it may show. */
  readonly list?: GrantedList;
}

/** What the gate let this request through with. @throws TypeError for one that never passed it: a fault of the program, and nothing is shown */
export const grantedTo = ({ granted }: RequestContext): Granted => {
  if (!granted) throw new TypeError('a handler was reached past the gate');
  return granted;
};

interface Deps {
  readonly policy: AccessPolicy;
  readonly clock: Clock;
  readonly caseOf: CaseOfRecord;
  readonly relationships: Relationships;
  readonly consents: Pick<ConsentLedgers, 'ofAll'>;
  readonly log: AccessLog;
  /** How far the cases' record is. */
  readonly position: () => Promise<string | null>;
  /** Waits until what is recorded by now has reached the relationships; false when it takes too long. */
  readonly catchUp: () => Promise<boolean>;
  /** Counts every decision. */
  readonly onDecision: (name: string, decision: AccessDecision) => void;
}

/**
 * The one place that every request passes (ACC-01): it finds out about whom a request is, gathers the facts, applies the policy, records the decision
 * (ACC-02), and only then lets the handler run.
 */
export class Gate {
  private readonly judge: Judge;

  constructor(private readonly deps: Deps) {
    this.judge = new Judge(deps);
  }

  /**
   * What the handler may show: of a list which records, of a record which parts not.
   * @throws Problem 403 on a no, 404 where there is no such record, 503 where it cannot be known or recorded
   */
  async ask({ name, of }: Declared, context: RequestContext, asked: Asked): Promise<Granted> {
    const { policy, clock, log } = this.deps;
    const who = { actor: context.actor, purpose: context.purpose, at: clock.now() };
    const action = policy[name]?.action ?? 'none';
    const { about, decision } = await this.decide(name, of, who, asked).catch(sayingHowElse(otherwiseOf[action]));
    const position = of.kind === 'nobody' ? null : await this.deps.position();
    if (of.kind !== 'nobody') {
      this.deps.onDecision(name, decision);
      const said =
        typeof about === 'string'
          ? { caseId: null, record: concernedBy(of, asked) }
          : { caseId: about.caseId as CaseId, record: about.record };
      await log.decided(context, { action, position, requestId: context.commandId, ...said, ...outcomeOf(decision) });
    }
    if (decision.outcome === 'denied')
      throw problem([403, `rule:${decision.rule}`, 'Not permitted'], decision.why, { rule: decision.rule });
    const granted = { about, withheld: withheldOn(decision.because) };
    return of.kind === 'cases'
      ? { ...granted, list: { action, position, reach: await this.reachOf({ name, service: of.service, who }) } }
      : granted;
  }

  private async decide(name: string, of: Subject, who: Question['who'], asked: Asked): Promise<{ about: About; decision: AccessDecision }> {
    const judge = (about: About) => ({ about, decision: decideAccess(this.deps.policy, name, { ...who, about }) });
    if (of.kind !== 'case') return judge(of.kind === 'cases' ? 'many' : 'nobody');
    const found = await of.find(asked, this.deps.caseOf);
    if (found === 'new') return judge('new');
    // Whom a prohibition keeps out whatever the case, nothing more is found out for.
    const { decision } = judge('many');
    if (decision.outcome === 'denied') return { about: { ...found, authority: null, relationships: [] }, decision };
    return this.ofCase({ name, service: of.service, who }, found);
  }

  private async ofCase(question: Question, found: AboutCase): Promise<Judged> {
    const { service, who } = question;
    const authority = await this.deps.relationships.authorityOf(service, found.caseId, who.at);
    if (authority === undefined) throw notFound('case');
    const known: KnownCase = { ...found, authority };
    const office = this.judge.byOffice(question, known);
    if (office.decision.outcome === 'allowed') return office;
    const past = await this.judge.byThePast(question, known);
    if (past) return past;
    const first = await this.byRelationship(question, known);
    if (first.decision.outcome === 'allowed') return first;
    // Whoever has just begun a case is related to it once the read models have caught up: nobody is refused because of what is not known yet.
    if (!(await this.deps.catchUp())) throw notKnownYet();
    return this.byRelationship(question, known);
  }

  private async byRelationship(question: Question, known: KnownCase): Promise<Judged> {
    const [judged] = (await this.judge.byRelationship(question, [known])) as [Judged];
    if (judged.unknown) throw judged.unknown;
    return judged;
  }

  private async reachOf(question: Question): Promise<Reach> {
    const { policy, relationships } = this.deps;
    const { name, service, who } = question;
    const offices = officesOf(policy, name, who, authorities);
    const others = authorities.filter((authority) => !offices.includes(authority));
    const mayRead = (records: readonly RecordOfCase[]) => this.mayRead(question, records);
    // Nothing but what an office shows: it is walked through as it is, and not gathered case by case first.
    if (offices.length > 0 && (await relationships.casesBeyond(service, others)) === 0) return { cases: undefined, mayRead };
    // With an office, only what depends on a relationship waits for it.
    if (offices.length === 0) await relationships.assertCurrent(service);
    return { cases: await relationships.casesOf(service, who.actor, offices), mayRead };
  }

  /** The single look at each of these records; the problem where it cannot be said of one that would be shown. */
  private async mayRead(question: Question, records: readonly RecordOfCase[]): Promise<readonly (boolean | Problem)[]> {
    const known = await this.deps.relationships.authoritiesOf(question.service, [...new Set(records.map(({ caseId }) => caseId))]);
    const cases = records.map(({ caseId, record }): KnownCase | undefined => {
      const authority = known.get(caseId);
      return authority === undefined ? undefined : { caseId, record, authority };
    });
    const byOffice = cases.map((one) => one !== undefined && this.judge.byOffice(question, one).decision.outcome === 'allowed');
    const rest = cases.filter((one, index): one is KnownCase => one !== undefined && !byOffice[index]);
    const judged = rest.length === 0 ? [] : await this.judge.byRelationship(question, rest);
    const shown = new Map(rest.map((one, index) => [one, isShown(judged[index]!)]));
    return cases.map((one, index) => byOffice[index] === true || ((one && shown.get(one)) ?? false));
  }
}

/** What cannot be known now of a case holds up nothing that goes on without one. */
const sayingHowElse =
  (otherwise: string | undefined) =>
  (error: unknown): never => {
    if (!otherwise || !(error instanceof Problem) || error.document.status !== 503) throw error;
    throw new Problem({ ...error.document, detail: `${error.document.detail} ${otherwise}` }, error.headers);
  };

const isShown = ({ decision, unknown }: Judged): boolean | Problem => (decision.outcome === 'denied' ? false : (unknown ?? true));

const outcomeOf = (decision: AccessDecision) =>
  decision.outcome === 'allowed'
    ? { outcome: 'allowed' as const, ground: decision.because, rule: null }
    : { outcome: 'denied' as const, ground: null, rule: decision.rule };
