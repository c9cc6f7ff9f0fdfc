import { begins, ends, type RelationshipChange } from '@waymark/access';
import { assessmentContracts, consentGiven, consentGivenV2, consentWithdrawn } from '@waymark/assessment-contracts';
import { relationshipsReplica } from '@waymark/nest';
import { episodeOpened, episodeReopened, leadProfessionalChanged, planningContracts } from '@waymark/planning-contracts';
import type { MessageOf } from '@waymark/event-processing';

const byConsent = ['agency-around-the-family', 'request-recipient'] as const;

/** Whom the family's consents reach, and who leads. */
export const relationshipsTold = relationshipsReplica({
  service: 'targeted-support',
  kinds: [...byConsent, 'lead-professional'],
  takes: [consentGiven, consentGivenV2, consentWithdrawn, episodeOpened, episodeReopened, leadProfessionalChanged],
  outOf: [...assessmentContracts, ...planningContracts],
  tell: ({ type, data }) => {
    switch (type) {
      case consentGiven.type:
      case consentGivenV2.type:
        return reached(data);
      case consentWithdrawn.type:
        return byConsent.map((as) => ends(as, { on: data.consentId, organisations: data.agencies, at: data.at }));
      case episodeOpened.type:
        return [begins('lead-professional', data.leadProfessional, { on: data.episodeId, from: data.openedAt })];
      case episodeReopened.type:
        return [begins('lead-professional', data.leadProfessional, { on: data.episodeId, from: data.reopenedAt })];
      case leadProfessionalChanged.type:
        return [
          ends('lead-professional', { organisations: null, at: data.since }),
          begins('lead-professional', data.leadProfessional, { on: data.episodeId, from: data.since }),
        ];
    }
  },
});

/** CON-03, TS-03: what a consent makes of the agencies that it names, by its purpose. */
const partOf: Readonly<Record<string, (typeof byConsent)[number] | undefined>> = {
  'take-part-in-early-help': 'agency-around-the-family',
  'targeted-support-request': 'request-recipient',
};

type Given = Omit<MessageOf<typeof consentGiven>['data'], 'caseId'>;

const reached = ({ consentId, purpose, agencies, from, until }: Given): readonly RelationshipChange[] => {
  const as = partOf[purpose];
  return as ? agencies.map((organisation) => begins(as, { organisation }, { on: consentId, from, until })) : [];
};
