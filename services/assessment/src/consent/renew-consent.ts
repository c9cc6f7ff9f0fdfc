import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { consent, methods, type Method } from '@waymark/assessment-domain';
import { instant, type OrganisationId, type PersonId, type Uuid } from '@waymark/kernel';
import { Changes, Code, CommandRunner, Context, HandleList, Id, IdParameter, Moment, Part, RecordingRequest, theCase } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { noticeOf, NoticeRequest } from './parts/notice.js';

export class RenewConsentRequest extends RecordingRequest {
  @Id({ description: 'Whoever gave it.' }) by!: string;
  @HandleList({ description: 'The organisations that it reaches from now on.' }) agencies!: string[];
  @Part(() => NoticeRequest, { optional: true, description: 'Without it the renewal does not count (CON-02).' }) notice?: NoticeRequest;
  @Code(methods) method!: Method;
  @Moment({ optional: true, description: 'The first moment at which it no longer holds.' }) until?: string;
}

@ApiTags('assessment: consent')
@Controller('api/assessment/cases/:caseId')
export class RenewConsentController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes('consents/:consentId/renewal', 'Renew consent, through the privacy notice again (CON-02)', {
    does: 'consent.record',
    of: theCase('assessment', 'caseId'),
  })
  renew(
    @Param('caseId', IdParameter) caseId: string,
    @Param('consentId', IdParameter) consentId: Uuid,
    @Body() request: RenewConsentRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.change(
      consent,
      caseId,
      ({ caseId }) => ({
        kind: 'RenewConsent',
        caseId,
        consentId,
        by: request.by as PersonId,
        agencies: request.agencies as OrganisationId[],
        notice: noticeOf(request.notice),
        method: request.method,
        until: request.until === undefined ? null : instant(request.until),
      }),
      { context, request },
    );
  }
}
