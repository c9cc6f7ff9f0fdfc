import { decideAccess, type About, type AccessDecision, type AccessPolicy } from '@waymark/access';
import type { Clock } from '@waymark/kernel';
import type { RequestContext } from '../identity/request-context.js';
import { problem } from '../problems/problem.js';
import type { AboutCase, Asked, CaseOfRecord, Subject } from './subject.js';

/** What a route says of itself to the gate. */
export interface Declared {
  /** By the policy's name: what it does, or what it shows in words. */
  readonly name: string;
  readonly of: Subject;
}

interface Parts {
  readonly policy: AccessPolicy;
  readonly clock: Clock;
  readonly caseOf: CaseOfRecord;
  /** Told of every decision, before anything is shown or done. */
  readonly onDecision: (name: string, decision: AccessDecision) => void;
}

/** The one place that every request passes: it finds out about whom a request is, gathers the facts, asks the policy, and only then lets it through (ACC-01). */
export class Gate {
  constructor(private readonly parts: Parts) {}

  /** @throws Problem 403 on a no, 404 where there is no such record */
  async ask({ name, of }: Declared, { actor, purpose }: RequestContext, asked: Asked): Promise<void> {
    const { policy, clock } = this.parts;
    const about = await this.about(of, asked);
    const decision = decideAccess(policy, name, { actor, purpose, at: clock.now(), about });
    if (of.kind !== 'nobody') this.parts.onDecision(name, decision);
    if (decision.outcome === 'denied')
      throw problem([403, `rule:${decision.rule}`, 'Not permitted'], decision.why, { rule: decision.rule });
  }

  private async about(of: Subject, asked: Asked): Promise<About> {
    switch (of.kind) {
      case 'case':
        return this.factsOf(await of.find(asked, this.parts.caseOf));
      case 'cases':
        return 'many';
      case 'operation':
      case 'nobody':
        return 'nobody';
    }
  }

  private factsOf(found: AboutCase | 'new'): About {
    return found === 'new' ? 'new' : 'many';
  }
}
