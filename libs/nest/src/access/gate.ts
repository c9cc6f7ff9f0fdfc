import {
  decideAccess,
  officesOf,
  withheldOn,
  type About,
  type AccessDecision,
  type AccessPolicy,
  type CaseFacts,
  type Facts,
  type Part,
} from '@waymark/access';
import type { CaseId, Clock, Instant, RuleId } from '@waymark/kernel';
import { authorities } from '@waymark/policy';
import type { RequestContext } from '../identity/request-context.js';
import { notFound, Problem, problem } from '../problems/problem.js';
import type { AccessLog } from './access-log.js';
import type { GrantedList, Reach } from './case-lists.js';
import type { Relationships } from './relationships.js';
import { concernedBy, type AboutCase, type Asked, type CaseOfRecord, type Subject } from './subject.js';

/** What a route says of itself to the gate. */
export interface Declared {
  /** By the policy's name: what it does, or what it shows in words. */
  readonly name: string;
  readonly of: Subject;
}

/** With what the gate lets a request through. */
export interface Granted {
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

interface Parts {
  readonly policy: AccessPolicy;
  readonly clock: Clock;
  readonly caseOf: CaseOfRecord;
  readonly relationships: Relationships;
  readonly log: AccessLog;
  /** How far the cases' record is. */
  readonly position: () => Promise<string | null>;
  /** Waits until what is recorded by now has reached the relationships; false when it takes too long. */
  readonly catchUp: () => Promise<boolean>;
  /** Counts every decision. */
  readonly onDecision: (name: string, decision: AccessDecision) => void;
}

/**
 * The one place that every request passes (ACC-01): it finds out about whom a request is, gathers the facts, asks the policy, records the decision
 * (ACC-02), and only then lets the handler run.
 */
export class Gate {
  constructor(private readonly parts: Parts) {}

  /**
   * What the handler may show: of a list which records, of a record which parts not.
   * @throws Problem 403 on a no, 404 where there is no such record, 503 where it cannot be known or recorded
   */
  async ask({ name, of }: Declared, context: RequestContext, asked: Asked): Promise<Granted> {
    const { policy, clock, log } = this.parts;
    const who = { actor: context.actor, purpose: context.purpose, at: clock.now() };
    const { about, decision } = await this.decide(name, of, who, asked);
    const action = policy[name]?.action ?? 'none';
    const position = of.kind === 'nobody' ? null : await this.parts.position();
    if (of.kind !== 'nobody') {
      this.parts.onDecision(name, decision);
      const said =
        typeof about === 'string'
          ? { caseId: null, record: concernedBy(of, asked) }
          : { caseId: about.caseId as CaseId, record: about.record };
      await log.decided(context, { action, position, requestId: context.commandId, ...said, ...outcomeOf(decision) });
    }
    if (decision.outcome === 'denied')
      throw problem([403, `rule:${decision.rule}`, 'Not permitted'], decision.why, { rule: decision.rule });
    const granted = { withheld: withheldOn(decision.because) };
    return of.kind === 'cases' ? { ...granted, list: { action, position, reach: await this.reachOf(name, of.service, who) } } : granted;
  }

  private async decide(
    name: string,
    of: Subject,
    who: Omit<Facts, 'about'>,
    asked: Asked,
  ): Promise<{ about: About; decision: AccessDecision }> {
    const judge = (about: About) => ({ about, decision: decideAccess(this.parts.policy, name, { ...who, about }) });
    if (of.kind !== 'case') return judge(of.kind === 'cases' ? 'many' : 'nobody');
    const found = await of.find(asked, this.parts.caseOf);
    if (found === 'new') return judge('new');
    // Whom a prohibition keeps out whatever the case, nothing more is found out for.
    const { decision } = judge('many');
    if (decision.outcome === 'denied') return { about: { ...found, authority: null, relationships: [] }, decision };
    const first = judge(await this.factsOf(of.service, found, who.at));
    if (first.decision.outcome === 'allowed') return first;
    // Whoever has just begun something is related to it as soon as the lists have seen it: nobody is turned away by what is not known yet.
    if (!(await this.parts.catchUp())) throw notKnownYet();
    return judge(await this.factsOf(of.service, found, who.at));
  }

  private async factsOf(service: string, found: AboutCase, at: Instant): Promise<CaseFacts> {
    const facts = await this.parts.relationships.factsOf(service, found, at);
    if (!facts) throw notFound('case');
    return facts;
  }

  private async reachOf(name: string, service: string, who: Omit<Facts, 'about'>): Promise<Reach> {
    const { policy, relationships } = this.parts;
    const offices = officesOf(policy, name, who, authorities);
    const others = authorities.filter((authority) => !offices.includes(authority));
    if (offices.length > 0 && (await relationships.casesBeyond(service, others)) === 0) return { every: true };
    const facts = await relationships.factsOfAll(service, who.actor, offices);
    const mayRead = (caseId: string, record: string): boolean => {
      const known = facts.get(caseId);
      return known !== undefined && decideAccess(policy, name, { ...who, about: { ...known, record } }).outcome === 'allowed';
    };
    return { every: false, cases: [...facts.keys()], mayRead };
  }
}

const outcomeOf = (decision: AccessDecision) =>
  decision.outcome === 'allowed'
    ? { outcome: 'allowed' as const, ground: decision.because, rule: null }
    : { outcome: 'denied' as const, ground: null, rule: decision.rule };

const notKnownYet = (): Problem =>
  new Problem(
    {
      type: 'urn:waymark:problem:not-yet',
      title: 'Not there yet',
      status: 503,
      detail: 'Whether you have a part in this case cannot be told now: what was recorded last has not been taken in. Try again.',
    },
    { 'retry-after': '2' },
  );
