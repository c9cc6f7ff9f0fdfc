import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { derivedId, type CaseId, type Day, type Intent, type OrganisationId, type PersonId, type Uuid } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type RequestContext } from '@waymark/nest';
import { contact, referenceOf, type ContactSource, type ReceiveContact as Receive, type ReferrerDetails } from '@waymark/referral-domain';
import type { ContactAnswer } from './answer.js';
import type { ChildRequest, ContactSourceRequest, ReceiveContactRequest } from './request.js';

export class ReceiveContact extends ServiceCommand<ReceiveContactRequest> {}

@CommandHandler(ReceiveContact)
export class ReceiveContactHandler implements ICommandHandler<ReceiveContact> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ id, request, context }: ReceiveContact): Promise<ContactAnswer> {
    const { authority } = request;
    const intent = intentOf(id as Uuid, request, context);
    // A contact about a known family is made under the authority of its case, whoever makes it.
    const answer = await this.runner.begin(contact, id, intent, { context, request, ...(intent.opensCase ? { authority } : {}) });
    const { child, household } = intent;
    return {
      ...answer,
      reference: referenceOf(id as Uuid),
      child: { personId: child.personId },
      household: household.map(({ personId }) => ({ personId })),
    };
  }
}

const intentOf = (contactId: Uuid, request: ReceiveContactRequest, context: RequestContext): Intent<Receive> => {
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

const childOf = ({ name, birth, dateOfBirth }: ChildRequest, personId: PersonId): Intent<Receive>['child'] => ({
  personId,
  name: name ?? null,
  birth: birth ?? (dateOfBirth === undefined ? 'unknown' : 'known'),
  dateOfBirth: (dateOfBirth ?? null) as Day | null,
});

const sourceOf = ({ kind, organisation, referrer }: ContactSourceRequest, personId: PersonId, { actor }: RequestContext): ContactSource => {
  const details: ReferrerDetails | null = referrer
    ? { personId, name: referrer.name ?? null, contactDetails: referrer.contactDetails ?? null }
    : null;
  return kind === 'public'
    ? { kind, referrer: details }
    : { kind, organisation: (organisation ?? actor.organisation) as OrganisationId, referrer: details };
};
