import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Begins, Context, IdParameter, type CommandAnswer, type RequestContext, theCase } from '@waymark/nest';
import { RecordLawfulBasis } from './record-lawful-basis.handler.js';
import { RecordLawfulBasisRequest } from './request.js';

@ApiTags('assessment: consent')
@Controller('api/assessment/cases/:caseId')
export class RecordLawfulBasisController {
  constructor(private readonly commands: CommandBus) {}

  @Begins('lawful-bases', 'Record the lawful basis of a processing: a record of its own (CON-15)', {
    does: 'consent.record',
    of: theCase('assessment', 'caseId'),
  })
  record(
    @Param('caseId', IdParameter) caseId: string,
    @Body() request: RecordLawfulBasisRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new RecordLawfulBasis(caseId, request, context));
  }
}
