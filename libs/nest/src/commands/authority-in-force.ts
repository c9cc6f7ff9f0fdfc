import { Inject, Injectable } from '@nestjs/common';
import type { CaseId, Clock } from '@waymark/kernel';
import type { Authority } from '@waymark/policy';
import type { AnyAggregate } from '../platform/service-definition.js';
import { notFound, unavailable } from '../problems/problem.js';
import type { Found } from './found.js';
import { AuthorityNotKnown, Guidance } from './guidance.js';
import { CLOCK } from './tokens.js';

/** The authority under which a request is decided now, and what is answered where it is not known here. */
@Injectable()
export class AuthorityInForce {
  constructor(
    private readonly guidance: Guidance,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Of what is there. @throws Problem 503 where it is not known, as long as a copy is behind or parked */
  async ofFound<S>(
    aggregate: AnyAggregate,
    { caseId, state }: Pick<Found<S, CaseId | null>, 'caseId' | 'state'>,
  ): Promise<Authority | 'none'> {
    try {
      return await this.guidance.authorityFor(aggregate, { caseId, state, at: this.clock.now() });
    } catch (error) {
      if (!(error instanceof AuthorityNotKnown)) throw error;
      throw unavailable(
        `It is not known here yet under which authority this ${error.of} is, so nothing was decided. Try again in a moment; if that does not help, what /api/${aggregate.name.split('.')[0]}/operation/parked shows has to be taken in first.`,
      );
    }
  }

  /** Of what is only begun. @throws Problem 404 where nobody here knows the case */
  async ofNew(aggregate: AnyAggregate, caseId: CaseId | null): Promise<Authority | 'none'> {
    try {
      return await this.guidance.authorityFor(aggregate, { caseId, state: aggregate.initial, at: this.clock.now() });
    } catch (error) {
      throw error instanceof AuthorityNotKnown ? notFound(error.of) : error;
    }
  }
}
