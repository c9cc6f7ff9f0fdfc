import { Controller, Inject, Param, type Type } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Aggregates } from '@waymark/event-store';
import type { Intent, Uuid } from '@waymark/kernel';
import { operationOn } from '../access/subject.js';
import { AGGREGATES } from '../commands/tokens.js';
import { platformPolicy } from '../commands/guidance.js';
import { Context, Shows } from '../http/routes.js';
import { IdParameter } from '../http/parameters.js';
import type { RequestContext } from '../identity/request-context.js';
import { nameFor, Operates } from '../operation/operates.js';
import { refusalProblem } from '../problems/refusal.js';
import { CaseAuthorities } from './case-authorities.js';
import { Counting } from './counting.js';
import { erasure, notCounted, type Erasure, type ErasureCommand } from './erasure.js';

export interface ErasureAnswer {
  /** The person or case whose data is erased. */
  readonly id: Uuid;
  readonly status: Erasure['status'];
  readonly version: number;
  /** Where it was last changed. Whoever waits for it with Waymark-Wait-For finds the read models purged here. */
  readonly position: string;
}

/** The erasure of one subject, by two people: the same addresses whichever service runs here, since every one follows what was confirmed. */
export const erasuresOf = (service: string): Type => {
  @ApiTags(`${service}: operation`)
  @Controller(`api/${service}/operation/erasures`)
  class ErasureController {
    constructor(
      @Inject(AGGREGATES) private readonly aggregates: Aggregates,
      private readonly cases: CaseAuthorities,
      private readonly counting: Counting,
    ) {}

    @Shows(':subjectId', 'How far the erasure of a person or a case is', { shows: 'what is parked', of: operationOn('subjectId') })
    async show(@Param('subjectId', IdParameter) id: Uuid): Promise<ErasureAnswer> {
      const { state, version, position } = await this.aggregates.load(erasure, id);
      return { id, status: state.status, version, position };
    }

    @Operates(':subjectId/request', 'Ask for the erasure of all that is sealed for a person or a case; another manager confirms it', {
      answers: 200,
      on: 'subjectId',
    })
    request(@Param('subjectId', IdParameter) id: Uuid, @Context() context: RequestContext): Promise<ErasureAnswer> {
      return this.handle('RequestErasure', id, context);
    }

    @Operates(':subjectId/withdraw', 'Take a request for an erasure back', { answers: 200, on: 'subjectId' })
    withdraw(@Param('subjectId', IdParameter) id: Uuid, @Context() context: RequestContext): Promise<ErasureAnswer> {
      return this.handle('WithdrawErasure', id, context);
    }

    @Operates(':subjectId/confirm', 'Confirm an erasure that another manager asked for. It cannot be undone', {
      answers: 200,
      on: 'subjectId',
    })
    confirm(@Param('subjectId', IdParameter) id: Uuid, @Context() context: RequestContext): Promise<ErasureAnswer> {
      return this.handle('ConfirmErasure', id, context);
    }

    private async handle(kind: ErasureCommand['kind'], subjectId: Uuid, context: RequestContext): Promise<ErasureAnswer> {
      const { actor, purpose, commandId, correlationId } = context;
      const meta = { actor, purpose, commandId, correlationId, causationId: commandId };
      const authority = await this.cases.authorityOf(subjectId);
      const command = { kind, caseId: null, subjectId, authority } as const;
      const decide = (intent: Intent<ErasureCommand>) => this.aggregates.handle(erasure, subjectId, intent, { meta, pack: platformPolicy });
      const first = await decide(command);
      const result = first === notCounted ? await decide({ ...command, setAside: await this.counting.setAside(subjectId) }) : first;
      if (result.outcome === 'refused') throw refusalProblem(result);
      return this.show(subjectId);
    }
  }
  nameFor(service, ErasureController);
  return ErasureController;
};
