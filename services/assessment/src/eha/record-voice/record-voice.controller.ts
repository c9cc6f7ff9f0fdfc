import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { eha } from '@waymark/assessment-domain';
import { RecordVoice } from './record-voice.handler.js';
import { RecordVoiceRequest } from './request.js';

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class RecordVoiceController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':ehaId/voices', "Record a family member's voice (EHA-04)", { does: 'assessment.contribute', of: caseOf(eha, 'ehaId') })
  record(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: RecordVoiceRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new RecordVoice(ehaId, request, context));
  }
}
