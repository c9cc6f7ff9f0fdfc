import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { consent, methods, type Method } from '@waymark/assessment-domain';
import { derivedId, instant, type CaseId, type OrganisationId, type PersonId } from '@waymark/kernel';
import {
  Begins,
  Code,
  CommandRunner,
  Context,
  Handle,
  HandleList,
  IdList,
  IdParameter,
  Moment,
  Part,
  RecordingRequest,
  theCase,
} from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { giverOf, GiverRequest } from './parts/giver.js';
import { noticeOf, NoticeRequest } from './parts/notice.js';

export class GiveConsentRequest extends RecordingRequest {
  @Part(() => GiverRequest) giver!: GiverRequest;
  @Handle({ example: 'take-part-in-early-help', description: "To take part, or one of the authority's separate consents (CON-14)." })
  purpose!: string;
  @IdList({ description: 'The people it covers.' }) covers!: string[];
  @HandleList({ description: 'The organisations that it reaches.' }) agencies!: string[];
  @Part(() => NoticeRequest, { optional: true, description: 'Without it the consent does not count (CON-02).' }) notice?: NoticeRequest;
  @Code(methods) method!: Method;
  @Moment({ optional: true, description: 'The first moment at which it no longer holds.' }) until?: string;
}

@ApiTags('assessment: consent')
@Controller('api/assessment/cases/:caseId')
export class GiveConsentController {
  constructor(private readonly commands: CommandRunner) {}

  @Begins('consents', 'Give consent: who, for what, for whom, to whom, how, until when (CON-02, CON-03)', {
    does: 'consent.record',
    of: theCase('assessment', 'caseId'),
  })
  async give(
    @Param('caseId', IdParameter) caseId: CaseId,
    @Body() request: GiveConsentRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const consentId = derivedId(context.commandId, 'consent');
    const answer = await this.commands.begin(
      consent,
      caseId,
      {
        kind: 'GiveConsent',
        caseId,
        consentId,
        giver: giverOf(request.giver),
        purpose: request.purpose,
        covers: request.covers as PersonId[],
        agencies: request.agencies as OrganisationId[],
        notice: noticeOf(request.notice),
        method: request.method,
        until: request.until === undefined ? null : instant(request.until),
      },
      { context, request },
    );
    return { ...answer, id: consentId };
  }
}
