import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { article6, article9, consent } from '@waymark/assessment-domain';
import { derivedId, type CaseId } from '@waymark/kernel';
import { Begins, Code, CommandRunner, Context, Handle, IdParameter, RecordingRequest, LongText, theCase } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';

export class RecordLawfulBasisRequest extends RecordingRequest {
  @Handle({ example: 'early-help' }) processing!: string;
  @Code(article6) article6!: (typeof article6)[number];
  @Code(article9, { optional: true }) article9?: (typeof article9)[number];
  @LongText() rationale!: string;
}

@ApiTags('assessment: consent')
@Controller('api/assessment/cases/:caseId')
export class RecordLawfulBasisController {
  constructor(private readonly commands: CommandRunner) {}

  @Begins('lawful-bases', 'Record the lawful basis of a processing: a record of its own (CON-15)', {
    does: 'consent.record',
    of: theCase('assessment', 'caseId'),
  })
  async record(
    @Param('caseId', IdParameter) caseId: CaseId,
    @Body() request: RecordLawfulBasisRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const lawfulBasisId = derivedId(context.commandId, 'lawful-basis');
    const answer = await this.commands.begin(
      consent,
      caseId,
      {
        kind: 'RecordLawfulBasis',
        caseId,
        lawfulBasisId,
        processing: request.processing,
        article6: request.article6,
        article9: request.article9 ?? null,
        rationale: request.rationale,
      },
      { context, request },
    );
    return { ...answer, id: lawfulBasisId };
  }
}
