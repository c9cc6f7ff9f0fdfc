import {
  decideAccess,
  grounds,
  type AccessDecision,
  type AccessPolicy,
  type CaseFacts,
  type Facts,
  type Ground,
  type RelationshipKind,
} from '@waymark/access';
import type { CaseId } from '@waymark/kernel';
import type { ConsentLedgers } from '../consent/consent-ledgers.js';
import { Problem } from '../problems/problem.js';
import { consentCover } from './consent-cover.js';
import { notKnownYet, type Relationships } from './relationships.js';

/** What somebody requests of a service, by the policy's name for it. */
export interface Question {
  readonly name: string;
  readonly service: string;
  readonly who: Omit<Facts, 'about'>;
}

/** What is known of a case before its relationships are looked up. */
export type KnownCase = Pick<CaseFacts, 'caseId' | 'authority' | 'record'>;

export interface Judged {
  readonly about: CaseFacts;
  /** As far as is known. */
  readonly decision: AccessDecision;
  /** Why it cannot be said: then nothing is shown, whatever the decision. */
  readonly unknown?: Problem;
}

interface Deps {
  readonly policy: AccessPolicy;
  readonly relationships: Pick<Relationships, 'of' | 'missingOf'>;
  readonly consents: Pick<ConsentLedgers, 'ofAll'>;
}

/**
 * Applies the policy to cases, and reads no more than that takes: an office needs no relationship, and what needs no consent does not read it. So data that is
 * unavailable or parked keeps nobody out who does not depend on it. Single accesses and lists are judged here alike.
 */
export class Judge {
  constructor(private readonly deps: Deps) {}

  /** By an office, or by nothing of the case's. */
  byOffice(question: Question, known: KnownCase): Judged {
    return this.judged(question, { ...known, relationships: [] });
  }

  /** By what somebody was to the case: nothing ends that, so that a list which lags or lacks something is good enough for a yes. */
  async byThePast(question: Question, known: KnownCase): Promise<Judged | undefined> {
    const { name, service } = question;
    if (!this.deps.policy[name]?.by.some((ground) => kindOf(ground) === 'past')) return undefined;
    const relationships = (await this.deps.relationships.of(service, [known.caseId])).get(known.caseId) ?? [];
    return this.wasOnce(question, { ...known, relationships });
  }

  private wasOnce(question: Question, about: CaseFacts): Judged | undefined {
    const was = this.judged(question, { ...about, consentCovers: [] });
    return was.decision.outcome === 'allowed' && kindOf(was.decision.because) === 'past' ? was : undefined;
  }

  /**
   * By what somebody is to the cases now, and by the family's consent where that rests on it. One answer a case, in their order.
   * @throws Problem 503 where what is recorded by now has not reached the relationships, or consent is known of no family
   */
  async byRelationship(question: Question, cases: readonly KnownCase[]): Promise<readonly Judged[]> {
    const { relationships } = this.deps;
    const { service } = question;
    const ids = [...new Set(cases.map(({ caseId }) => caseId))];
    // In this order: what is put right in between is in what is read then.
    const { everywhere, inCases } = await relationships.missingOf(service, ids);
    const held = await relationships.of(service, ids);
    const judged = cases.map((known) => {
      const about = { ...known, relationships: held.get(known.caseId) ?? [] };
      const missing = new Set([...everywhere, ...(inCases.get(known.caseId) ?? [])]);
      if (missing.size === 0) return this.withoutConsent(question, about);
      const sure = this.bySure(question, about, missing);
      if (sure) return sure;
      if (everywhere.size > 0) throw notKnownYet();
      return this.wasOnce(question, about) ?? { ...this.judged(question, about), unknown: relationshipsUnknown() };
    });
    return this.withConsent(question, judged);
  }

  /** Allowed by relationships of kinds that no missing event can begin or end. Not where consent matters: that waits for everything that is missing. */
  private bySure(question: Question, about: CaseFacts, missing: ReadonlySet<RelationshipKind>): Judged | undefined {
    const relationships = about.relationships.filter(({ as }) => !missing.has(as));
    const judged = this.withoutConsent(question, { ...about, relationships });
    return 'decision' in judged && judged.decision.outcome === 'allowed' ? judged : undefined;
  }

  /** Undefined where it depends on what the family agreed to. A change is let through here: its command checks consent itself, by what it does. */
  private withoutConsent(question: Question, about: CaseFacts): Judged | { readonly restsOnConsent: CaseFacts } {
    const atMost = this.judged(question, about);
    if (atMost.decision.outcome === 'denied' || this.deps.policy[question.name]?.writes) return atMost;
    const atLeast = this.judged(question, { ...about, consentCovers: [] });
    return atLeast.decision.outcome === 'allowed' ? atLeast : { restsOnConsent: about };
  }

  private async withConsent(
    question: Question,
    judged: readonly (Judged | { readonly restsOnConsent: CaseFacts })[],
  ): Promise<readonly Judged[]> {
    const asked = judged.flatMap((one) => ('restsOnConsent' in one ? [one.restsOnConsent.caseId as CaseId] : []));
    if (asked.length === 0) return judged as readonly Judged[];
    const ledgers = await this.deps.consents.ofAll(question.service, [...new Set(asked)]);
    return judged.map((one) => {
      if (!('restsOnConsent' in one)) return one;
      const about = one.restsOnConsent;
      const known = ledgers.get(about.caseId as CaseId);
      if (!known) throw new TypeError('a ledger was asked for, and neither it nor a problem came');
      if (known instanceof Problem) return { ...this.judged(question, about), unknown: known };
      const { actor, at } = question.who;
      return this.judged(question, { ...about, consentCovers: consentCover(known.ledger, actor.organisation, at) });
    });
  }

  private judged({ name, who }: Question, about: CaseFacts): Judged {
    return { about, decision: decideAccess(this.deps.policy, name, { ...who, about }) };
  }
}

const kindOf = (ground: keyof typeof grounds | 'filtered'): Ground['kind'] | undefined =>
  ground === 'filtered' ? undefined : grounds[ground].kind;

const relationshipsUnknown = (): Problem =>
  new Problem(
    {
      type: 'urn:waymark:problem:relationships-unknown',
      title: 'Who takes part in this case cannot be known now',
      status: 503,
      detail:
        'Something that was recorded of who takes part in this case waits to be put right by those who run the platform. Nothing was shown or recorded. Try again; your operator finds it among what is parked.',
    },
    { 'retry-after': '5' },
  );
