import { begins, ends, type RelationshipChange } from '@waymark/access';
import { assessmentContracts, consentGiven, consentGivenV2, consentWithdrawn } from '@waymark/assessment-contracts';
import { relationshipsReplica } from '@waymark/nest';
import type { MessageOf } from '@waymark/event-processing';

const kinds = ['agency-around-the-family', 'request-recipient'] as const;

/** Whom the family's consents reach. */
export const relationshipsTold = relationshipsReplica({
  service: 'planning',
  kinds,
  takes: [consentGiven, consentGivenV2, consentWithdrawn],
  outOf: assessmentContracts,
  tell: ({ type, data }) => {
    switch (type) {
      case consentGiven.type:
      case consentGivenV2.type:
        return reached(data);
      case consentWithdrawn.type:
        return kinds.map((as) => ends(as, { on: data.consentId, organisations: data.agencies, at: data.at }));
    }
  },
});

/** CON-03, TS-03: what a consent makes of the agencies that it names, by its purpose. */
const partOf: Readonly<Record<string, (typeof kinds)[number] | undefined>> = {
  'take-part-in-early-help': 'agency-around-the-family',
  'targeted-support-request': 'request-recipient',
};

type Given = Omit<MessageOf<typeof consentGiven>['data'], 'caseId'>;

const reached = ({ consentId, purpose, agencies, from, until }: Given): readonly RelationshipChange[] => {
  const as = partOf[purpose];
  return as ? agencies.map((organisation) => begins(as, { organisation }, { on: consentId, from, until })) : [];
};
