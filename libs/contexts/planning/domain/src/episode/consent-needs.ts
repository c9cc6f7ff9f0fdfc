import type { ConsentNeeds, Use } from '@waymark/consent';
import type { ConsentFact, EpisodeCommand } from './commands.js';
import type { Episode } from './state.js';

/** The consent of its own that a change of Lead Professional needs (CON-14, LP-03). */
export const leadChange = 'lead-professional-change';

/** LP-03 says what is missing where there is none; of one that is there the ledger itself is asked, so that no clock brings back what was withdrawn. */
const toTheChange = (consent: ConsentFact | null): readonly Use<Episode>[] =>
  consent?.inForce && consent.purpose === leadChange ? [{ purpose: leadChange, action: 'plan', by: 'anybody' }] : [];

/** CON-16: what an episode needs of consent, one entry a command. */
export const consentNeeds: ConsentNeeds<EpisodeCommand, Episode> = {
  OpenEpisode: 'follows',
  NoteEhaCompleted: 'follows',
  NoteEhaAccepted: 'follows',
  ConfirmLeadProfessional: ({ leadProfessional, agreedBy }) => ({
    action: 'plan',
    about: { agreedBy },
    with: { leadProfessional: [leadProfessional.organisation] },
  }),
  ProposeLeadProfessional: ({ leadProfessional, evidence }) => [
    { action: 'plan', with: { leadProfessional: [leadProfessional.organisation] } },
    ...toTheChange(evidence.consent),
  ],
  AcceptLeadProfessional: ({ evidence }) => [{ action: 'plan' }, ...toTheChange(evidence.consent)],
  // What is under way is taken back.
  WithdrawLeadProfessionalProposal: 'closing',
  DeclineLeadProfessional: 'closing',
  RecordServiceInvolved: ({ organisation }) => ({ action: 'plan', with: { organisation: [organisation] } }),
  RecordServiceEnded: 'closing',
  RecordCheckIn: () => ({ action: 'write' }),
  RecordSupervision: () => ({ action: 'write' }),
  PromptClosing: 'follows',
  CloseEpisode: 'closing',
  ReopenEpisode: () => ({ action: 'write' }),
  // A date to stay in touch and what the family thought of it belong to the closing (EP-07).
  SetStayInTouch: 'closing',
  RecordStayInTouch: () => ({ action: 'write' }),
  RecordFeedback: 'closing',
};
