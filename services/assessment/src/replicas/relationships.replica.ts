import { begins, ends } from '@waymark/access';
import { relationshipsReplica } from '@waymark/nest';
import { leadProfessionalChanged, planningContracts, teamAgreed } from '@waymark/planning-contracts';
import { contactMade, hubEnquiryDecided, referralContracts } from '@waymark/referral-contracts';

/** Who made contact about the family, to whom an assessment was recommended, who leads since, and who is of the team. */
export const relationshipsTold = relationshipsReplica({
  service: 'assessment',
  kinds: ['contact-maker', 'recommended-agency', 'lead-professional', 'team-member'],
  takes: [contactMade, hubEnquiryDecided, leadProfessionalChanged, teamAgreed],
  outOf: [...referralContracts, ...planningContracts],
  tell: ({ type, data }) => {
    switch (type) {
      case contactMade.type:
        return [begins('contact-maker', data, { on: data.contactId, from: data.at })];
      case hubEnquiryDecided.type:
        return data.agency === null
          ? []
          : [begins('recommended-agency', { organisation: data.agency }, { on: data.hubEnquiryId, from: data.decidedAt })];
      case leadProfessionalChanged.type:
        return [
          ends('lead-professional', { organisations: null, at: data.since }),
          begins('lead-professional', data.leadProfessional, { on: data.episodeId, from: data.since }),
        ];
      case teamAgreed.type:
        return data.professionals.map((one) => begins('team-member', one, { on: data.episodeId, from: data.at }));
    }
  },
});
