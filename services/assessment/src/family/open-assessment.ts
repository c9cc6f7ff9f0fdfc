import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { eha, family, startOf } from '@waymark/assessment-domain';
import { derivedId, type CaseId } from '@waymark/kernel';
import { Begins, caseNamedBy, CommandRunner, Context, Id, Part, RecordingRequest } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { ConsentReader } from '../consent/consent-reader.js';
import { professionalOf, ProfessionalRequest } from '../parts/professional.js';

export class OpenAssessmentRequest extends RecordingRequest {
  @Id() caseId!: string;
  @Part(() => ProfessionalRequest, {
    optional: true,
    description: 'Of any partner agency; Lead Professional until the first TAF (EHA-02). By default whoever asks.',
  })
  initiator?: ProfessionalRequest;
}

/** The family decides whether it may be opened; then the assessment itself is started. Cut off in between, a workflow starts it. */
@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class OpenAssessmentController {
  constructor(
    private readonly commands: CommandRunner,
    private readonly evidence: ConsentReader,
  ) {}

  @Begins('', "Open the family's assessment, on consent to take part (CON-01, EHA-02, EHA-03); due in four weeks (EHA-08)", {
    does: 'assessment.open',
    of: caseNamedBy('assessment', 'caseId'),
  })
  async open(@Body() request: OpenAssessmentRequest, @Context() context: RequestContext): Promise<CommandAnswer> {
    const ehaId = derivedId(context.commandId, 'eha');
    const caseId = request.caseId as CaseId;
    const initiator = professionalOf(request.initiator, context);
    const evidence = await this.evidence.of(caseId, { request, context });
    const opened = await this.commands.begin(
      family,
      caseId,
      { kind: 'OpenAssessment', caseId, ehaId, initiator, evidence },
      { context, request },
    );
    const { state } = await this.commands.findOptional(family, caseId, context);
    const start = startOf(state, caseId);
    // A repeat of a request whose assessment has been closed since.
    if (start?.ehaId !== ehaId) return { ...opened, id: ehaId };
    // If-Match was about the family's record, and the assessment's has only begun.
    const started = await this.commands.begin(eha, ehaId, start, { context: { ...context, expected: undefined }, request });
    return { ...started, events: [...opened.events, ...started.events] };
  }
}
