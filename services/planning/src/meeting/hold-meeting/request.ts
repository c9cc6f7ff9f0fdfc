import { instant, type PersonId } from '@waymark/kernel';
import { Code, HandleList, Id, Moment, Part, PartList, RecordingRequest, Story } from '@waymark/nest';
import { impacts, parts, type HoldTaf, type Impact, type Part as PartOfFamily } from '@waymark/planning-domain';
import { professional, ProfessionalAroundRequest } from '../../shared/requests.js';

export class PersonAttendingRequest {
  @Id() personId!: string;
  @Code(parts) part!: PartOfFamily;
}

export class AttendanceRequest {
  @PartList(() => PersonAttendingRequest) people!: PersonAttendingRequest[];
  @PartList(() => ProfessionalAroundRequest) professionals!: ProfessionalAroundRequest[];
}

export class RepresentedRequest {
  @Id() personId!: string;
  @Story() views!: string;
}

export class HoldMeetingRequest extends RecordingRequest {
  @Moment() heldAt!: string;
  @Part(() => AttendanceRequest) attended!: AttendanceRequest;
  @PartList(() => RepresentedRequest, { optional: true, description: 'Views put to the meeting for those who were not there (TAF-05).' })
  represented?: RepresentedRequest[];
  @HandleList({ optional: true, description: "Topics of the authority's agenda (TAF-07)." }) discussed?: string[];
  @Story({ optional: true, description: 'A summary of the discussion (TAF-06).' }) summary?: string;
  @Code(impacts, { optional: true, description: 'Of a review: the judgement of its impact (TAF-08).' }) impact?: Impact;
}

/** The meeting's record as the command says it. */
export const record = (
  request: HoldMeetingRequest,
): Pick<HoldTaf, 'heldAt' | 'attended' | 'represented' | 'discussed' | 'summary' | 'impact'> => ({
  heldAt: instant(request.heldAt),
  attended: {
    people: request.attended.people.map(({ personId, part }) => ({ personId: personId as unknown as PersonId, part })),
    professionals: request.attended.professionals.map(professional),
  },
  represented: (request.represented ?? []).map(({ personId, views }) => ({ personId: personId as unknown as PersonId, views })),
  discussed: request.discussed ?? [],
  summary: request.summary,
  impact: request.impact,
});
