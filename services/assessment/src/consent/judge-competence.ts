import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { competenceOutcomes, consent, type CompetenceOutcome } from '@waymark/assessment-domain';
import { derivedId, type CaseId, type PersonId } from '@waymark/kernel';
import {
  Begins,
  Code,
  CommandRunner,
  Context,
  Handle,
  Id,
  IdParameter,
  Part,
  PartList,
  RecordingRequest,
  LongText,
  theCase,
  YesNo,
} from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { professionalOf, ProfessionalRequest } from '../parts/professional.js';

export class FactorRequest {
  @Handle({ example: 'reasoning' }) factor!: string;
  @YesNo() met!: boolean;
  @LongText() reasoning!: string;
}

export class JudgeCompetenceRequest extends RecordingRequest {
  @Id() childId!: string;
  @PartList(() => FactorRequest) factors!: FactorRequest[];
  @Code(competenceOutcomes) outcome!: CompetenceOutcome;
  @Part(() => ProfessionalRequest, { optional: true, description: 'Who judged; by default whoever records it.' })
  judgedBy?: ProfessionalRequest;
}

@ApiTags('assessment: consent')
@Controller('api/assessment/cases/:caseId')
export class JudgeCompetenceController {
  constructor(private readonly commands: CommandRunner) {}

  @Begins('competence-judgements', "Judge a child's competence on all six factors (CON-05)", {
    does: 'consent.record',
    of: theCase('assessment', 'caseId'),
  })
  async judge(
    @Param('caseId', IdParameter) caseId: CaseId,
    @Body() request: JudgeCompetenceRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const competenceId = derivedId(context.commandId, 'judgement');
    const answer = await this.commands.begin(
      consent,
      caseId,
      {
        kind: 'JudgeCompetence',
        caseId,
        competenceId,
        childId: request.childId as PersonId,
        factors: request.factors.map((factor) => ({ ...factor })),
        outcome: request.outcome,
        judgedBy: professionalOf(request.judgedBy, context),
      },
      { context, request },
    );
    return { ...answer, id: competenceId };
  }
}
