import { Body, Controller } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { derivedId, type CaseId, type Day, type Intent, type PersonId, type Uuid } from '@waymark/kernel';
import {
  AnswersWith,
  Begins,
  CalendarDay,
  caseNamedBy,
  Code,
  CommandAnswer,
  CommandRunner,
  Context,
  HandleList,
  Id,
  ShortText,
  Part,
  PartList,
  RecordingRequest,
  LongText,
  YesNo,
  type RequestContext,
} from '@waymark/nest';
import { authorities, type Authority } from '@waymark/policy';
import { births, contact, referenceOf, relationships, type ReceiveContact, type Relationship } from '@waymark/referral-domain';
import { ContactSourceRequest, sourceOf } from './contact-source.js';

export class PersonOfContact {
  @ApiProperty({ format: 'uuid' }) personId!: string;
}

/** What whoever made a contact goes on with: the reference to quote, and the ids of the people in it. */
export class ContactAnswer extends CommandAnswer {
  @ApiProperty({ description: 'To quote when somebody asks about the contact.', example: 'EH-4F7K2M9Q' }) reference!: string;
  @ApiProperty({ type: PersonOfContact }) child!: PersonOfContact;
  @ApiProperty({ type: [PersonOfContact], description: 'In the order of the request.' }) household!: readonly PersonOfContact[];
}

export class ChildRequest {
  @Id({ optional: true, description: 'Where the child is known already; left out, the child is new.' }) personId?: string;
  @ShortText({ optional: true }) name?: string;
  @Code(births, { optional: true, description: 'Whether the date of birth is known; by default whether one is given.' })
  birth?: (typeof births)[number];
  @CalendarDay({ optional: true }) dateOfBirth?: string;
}

export class HouseholdMemberRequest {
  @Id({ optional: true, description: 'Where the person is known already.' }) personId?: string;
  @ShortText({ optional: true }) name?: string;
  @Code(relationships, { description: 'To the child.' }) relationship!: Relationship;
}

export class ReceiveContactRequest extends RecordingRequest {
  @Id({ optional: true, description: "The family's case, where there is one; left out, the contact opens one." }) caseId?: string;
  @Code(authorities) authority!: Authority;
  @Part(() => ContactSourceRequest) source!: ContactSourceRequest;
  @Part(() => ChildRequest) child!: ChildRequest;
  @PartList(() => HouseholdMemberRequest, { optional: true, max: 30 }) household?: HouseholdMemberRequest[];
  @LongText({ description: 'What the worry is.' }) concern!: string;
  @HandleList({ optional: true, max: 20, description: 'Coded reasons of the authority (FD-15).' }) reasons?: string[];
  @YesNo({ optional: true, description: 'Somebody is in danger now: shows the way to the MASH at once (FD-11).' })
  immediateConcern?: boolean;
}

@ApiTags('referral: contacts')
@Controller('api/referral/contacts')
export class ReceiveContactController {
  constructor(private readonly commands: CommandRunner) {}

  @AnswersWith(ContactAnswer)
  @Begins('', 'Make a contact about a child; every contact is taken and acknowledged (FD-01)', {
    does: 'contact.make',
    of: caseNamedBy('referral', 'caseId', 'or new'),
  })
  async receive(@Body() request: ReceiveContactRequest, @Context() context: RequestContext): Promise<ContactAnswer> {
    const contactId = derivedId(context.commandId, 'contact');
    const { authority } = request;
    const intent = intentOf(contactId, request, context);
    // A contact about a known family is made under the authority of its case, whoever makes it.
    const answer = await this.commands.begin(contact, contactId, intent, { context, request, ...(intent.opensCase ? { authority } : {}) });
    const { child, household } = intent;
    return {
      ...answer,
      reference: referenceOf(contactId),
      child: { personId: child.personId },
      household: household.map(({ personId }) => ({ personId })),
    };
  }
}

const intentOf = (contactId: Uuid, request: ReceiveContactRequest, context: RequestContext): Intent<ReceiveContact> => {
  const person = (given: string | undefined, ...which: string[]) =>
    (given ?? derivedId(context.commandId, 'person', ...which)) as unknown as PersonId;
  const { household = [], reasons = [], immediateConcern = false } = request;
  return {
    kind: 'ReceiveContact',
    contactId,
    caseId: (request.caseId ?? derivedId(context.commandId, 'case')) as unknown as CaseId,
    opensCase: request.caseId === undefined,
    authority: request.authority,
    source: sourceOf(request.source, person(undefined, 'referrer'), context),
    child: childOf(request.child, person(request.child.personId, 'child')),
    household: household.map(({ personId, name, relationship }, index) => ({
      personId: person(personId, 'household', String(index)),
      name: name ?? null,
      relationship,
    })),
    concern: request.concern,
    reasons,
    immediateConcern,
  };
};

const childOf = ({ name, birth, dateOfBirth }: ChildRequest, personId: PersonId): Intent<ReceiveContact>['child'] => ({
  personId,
  name: name ?? null,
  birth: birth ?? (dateOfBirth === undefined ? 'unknown' : 'known'),
  dateOfBirth: (dateOfBirth ?? null) as Day | null,
});
