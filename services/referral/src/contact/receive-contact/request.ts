import { births, relationships, type Relationship } from '@waymark/referral-domain';
import { CalendarDay, Code, Handle, HandleList, Id, Line, Part, PartList, RecordingRequest, Story, YesNo } from '@waymark/nest';
import { authorities, type Authority } from '@waymark/policy';

export class ReferrerRequest {
  @Line({ optional: true, example: 'Dana Reyes' }) name?: string;
  @Story({ optional: true, description: 'How they can be reached.' }) contactDetails?: string;
}

export class ContactSourceRequest {
  @Code(['professional', 'public'], { description: 'A professional, or a member of the public, who may stay anonymous (FD-01).' })
  kind!: 'professional' | 'public';
  @Handle({ optional: true, description: 'For a professional: their organisation; by default that of whoever records the contact.' })
  organisation?: string;
  @Part(() => ReferrerRequest, { optional: true }) referrer?: ReferrerRequest;
}

export class ChildRequest {
  @Id({ optional: true, description: 'Where the child is known already; left out, the child is new.' }) personId?: string;
  @Line({ optional: true }) name?: string;
  @Code(births, { optional: true, description: 'Whether the date of birth is known; by default whether one is given.' })
  birth?: (typeof births)[number];
  @CalendarDay({ optional: true }) dateOfBirth?: string;
}

export class HouseholdMemberRequest {
  @Id({ optional: true, description: 'Where the person is known already.' }) personId?: string;
  @Line({ optional: true }) name?: string;
  @Code(relationships, { description: 'To the child.' }) relationship!: Relationship;
}

export class ReceiveContactRequest extends RecordingRequest {
  @Id({ optional: true, description: "The family's case, where there is one; left out, the contact opens one." }) caseId?: string;
  @Code(authorities) authority!: Authority;
  @Part(() => ContactSourceRequest) source!: ContactSourceRequest;
  @Part(() => ChildRequest) child!: ChildRequest;
  @PartList(() => HouseholdMemberRequest, { optional: true, max: 30 }) household?: HouseholdMemberRequest[];
  @Story({ description: 'What the worry is.' }) concern!: string;
  @HandleList({ optional: true, max: 20, description: 'Coded reasons of the authority (FD-15).' }) reasons?: string[];
  @YesNo({ optional: true, description: 'Somebody is in danger now: shows the way to the MASH at once (FD-11).' })
  immediateConcern?: boolean;
}
