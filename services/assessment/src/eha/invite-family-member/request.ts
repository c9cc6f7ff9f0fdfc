import { Code, Id, RecordingRequest } from '@waymark/nest';
import { memberParts, type MemberPart } from '@waymark/assessment-domain';

export class InviteFamilyMemberRequest extends RecordingRequest {
  @Id({ optional: true, description: 'Where the person is known already; left out, they are new.' }) personId?: string;
  @Code(memberParts) part!: MemberPart;
}
