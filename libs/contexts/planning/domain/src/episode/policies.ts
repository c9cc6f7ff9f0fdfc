import { conflict, invalid, notPermitted, refuse, unknown, wrongState, type Command, type Policy, type Refused } from '@waymark/kernel';
import { isCoded, londonDay, type PolicyPack } from '@waymark/policy';
import { isActing, isMissing, managesStaffOf, sameProfessional } from '../shared/fields.js';
import type {
  AcceptLeadProfessional,
  CloseEpisode,
  ConfirmLeadProfessional,
  Involved,
  ProposeLeadProfessional,
  RecordCheckIn,
  RecordServiceEnded,
  RecordServiceInvolved,
  RecordSupervision,
  ReopenEpisode,
  SetStayInTouch,
} from './commands.js';
import { leadChange } from './consent-needs.js';
import type { EpisodeOpen, EpisodeShut } from './state.js';

type Rule<C extends Command, S = EpisodeOpen> = Policy<C, S, PolicyPack>;

const byTheLeadProfessionalOrTheirManager = ({ meta }: Command, { leadProfessional }: EpisodeOpen | EpisodeShut): Refused | undefined =>
  isActing(meta.actor, leadProfessional) || managesStaffOf(meta.actor, leadProfessional)
    ? undefined
    : notPermitted('Only the Lead Professional, or a manager of their organisation, may do this. Ask them to record it.');

/** LP-02 */
const decidedWithTheFamily: Rule<ConfirmLeadProfessional> = ({ agreedBy }) =>
  agreedBy.length === 0
    ? refuse('LP-02', 'The Lead Professional is decided with the family: name the members of the family who agreed.', { field: 'agreedBy' })
    : undefined;

/** LP-01 */
const notYetConfirmed: Rule<ConfirmLeadProfessional> = (_, { confirmed }) =>
  confirmed
    ? conflict('LP-01', "The case already has its one Lead Professional: propose a transfer, with the family's consent, to change it.", {
        field: 'leadProfessional',
      })
    : undefined;

/** LP-03 */
const someoneElseHasAccepted: Rule<ConfirmLeadProfessional> = ({ leadProfessional, accepted }, state) =>
  !sameProfessional(leadProfessional, state.leadProfessional) && accepted !== true
    ? refuse('LP-03', 'Somebody new leads only once they have accepted: ask them, and record that they did.', { field: 'accepted' })
    : undefined;

/** LP-01 */
const noOtherProposal: Rule<ProposeLeadProfessional> = (_, { proposed }) =>
  proposed
    ? conflict(
        'LP-01',
        'Somebody is already proposed as the one Lead Professional: wait until they have accepted or declined, or take the proposal back.',
        {
          field: 'leadProfessional',
        },
      )
    : undefined;

const isSomebodyElse: Rule<ProposeLeadProfessional> = (command, state) =>
  sameProfessional(command.leadProfessional, state.leadProfessional)
    ? wrongState('This professional already leads the case: name somebody else.', { field: 'leadProfessional' })
    : undefined;

/** LP-03, CON-14 */
const familyConsentsToTheTransfer: Rule<ProposeLeadProfessional | AcceptLeadProfessional> = ({ evidence: { consent } }) =>
  consent?.inForce && consent.purpose === leadChange
    ? undefined
    : refuse('LP-03', "A transfer needs the family's consent to a change of Lead Professional: record it, then try again.", {
        field: 'consentId',
      });

const somebodyIsProposed: Rule<Command> = (_, { proposed }) =>
  proposed ? undefined : wrongState('Nobody is proposed as Lead Professional: propose a transfer first.');

/** LP-03 */
const byTheOneProposed: Rule<Command> = ({ meta }, { proposed }) =>
  proposed && isActing(meta.actor, proposed.leadProfessional)
    ? undefined
    : refuse('LP-03', 'Only the professional who was proposed can accept or decline; until then the present one stays.');

const isANewService: Rule<RecordServiceInvolved> = ({ serviceId }, { services }) =>
  services.some((service) => service.serviceId === serviceId)
    ? wrongState('This service is already recorded.', { field: 'serviceId' })
    : undefined;

const serviceIsInvolved: Rule<RecordServiceEnded, EpisodeOpen | EpisodeShut> = ({ serviceId }, { services }) => {
  const service = services.find((candidate) => candidate.serviceId === serviceId);
  if (!service) return unknown('No such service takes part: record first that it does.', { field: 'serviceId' });
  return service.ended ? wrongState('This service has already ended its part.', { field: 'serviceId' }) : undefined;
};

/** ADV-03 */
const byASupportOfficer: Rule<RecordCheckIn> = ({ meta }) =>
  meta.actor.role === 'support-officer'
    ? undefined
    : notPermitted('Only an Early Help support officer records a check-in with a Lead Professional.');

/** SUP-01 */
const byAManagerOfTheirOwnStaff: Rule<RecordSupervision> = ({ meta }, { leadProfessional }) =>
  managesStaffOf(meta.actor, leadProfessional) && meta.actor.user !== leadProfessional.user
    ? undefined
    : refuse(
        'SUP-01',
        "Supervision is recorded by a manager or safeguarding lead of the Lead Professional's own organisation, and by nobody else.",
      );

/** EP-04 */
const hasAReason: Rule<CloseEpisode> = ({ reason }, _, { closureReasons }) =>
  reason !== undefined && isCoded(closureReasons, reason)
    ? undefined
    : refuse('EP-04', `Closing needs a reason: one of ${Object.keys(closureReasons).join(', ')}.`, { field: 'reason' });

/** EP-04 */
const saysHowThingsAre: Rule<CloseEpisode> = ({ presentCircumstances }) =>
  isMissing(presentCircumstances)
    ? refuse('EP-04', "Closing needs the family's present circumstances: say how things are now.", { field: 'presentCircumstances' })
    : undefined;

/** EP-04 */
const saysWhatWasGiven: Rule<CloseEpisode> = ({ supportGiven }) =>
  isMissing(supportGiven)
    ? refuse('EP-04', 'Closing needs an account of the support given: say what was done with the family.', { field: 'supportGiven' })
    : undefined;

/** EP-04: whoever closes it knows. */
const tellsAllInvolved: Rule<CloseEpisode> = ({ told = nobody, evidence: { involved }, meta }) => {
  const people = involved.people.filter((personId) => !told.people.includes(personId));
  const professionals = involved.professionals
    .filter((one) => !isActing(meta.actor, one))
    .filter((one) => !told.professionals.some((other) => sameProfessional(one, other)));
  const untold = people.length + professionals.length;
  if (untold === 0 && told.people.length + told.professionals.length > 0) return undefined;
  const missing = untold > 0 ? `${untold} of those around the family are not yet told` : 'nobody is yet told';
  return refuse('EP-04', `Closing tells all who were involved, and ${missing}: tell them, and name them.`, { field: 'told' });
};
const nobody: Involved = { people: [], professionals: [] };

/** EP-06 */
const saysWhyItReopens: Rule<ReopenEpisode, EpisodeShut> = ({ reason }) =>
  isMissing(reason) ? refuse('EP-06', 'Reopening an episode needs a reason: say what has changed.', { field: 'reason' }) : undefined;

/** EHA-03: what has begun anew since goes on there. */
const noOtherIsOpen: Rule<ReopenEpisode, EpisodeShut> = ({ evidence: { open } }) =>
  open === null
    ? undefined
    : conflict('EHA-03', 'One family has one assessment and one plan, and another episode of theirs is open: go on in that one.', {
        see: { kind: 'episode', id: open },
      });

/** GEN-02: a late entry tells of a moment at which it can have happened. */
const notBeforeItsOpening: Rule<CloseEpisode> = ({ meta }, { openedAt }) =>
  meta.occurredAt < openedAt ? tooEarly('The episode was not open yet at that moment') : undefined;
const notBeforeItsClosing: Rule<ReopenEpisode, EpisodeShut> = ({ meta }, { closedAt }) =>
  meta.occurredAt < closedAt ? tooEarly('The episode was not closed yet at that moment') : undefined;
const tooEarly = (why: string): Refused => refuse('GEN-02', `${why}: give the moment at which it happened.`, { field: 'occurredAt' });

const liesAhead: Rule<SetStayInTouch, EpisodeShut> = ({ on, meta }) =>
  on <= londonDay(meta.occurredAt) ? invalid('The date to stay in touch lies ahead: choose a later day.', { field: 'on' }) : undefined;

export const toConfirm = [notYetConfirmed, decidedWithTheFamily, someoneElseHasAccepted, byTheLeadProfessionalOrTheirManager];
export const toPropose = [byTheLeadProfessionalOrTheirManager, isSomebodyElse, noOtherProposal, familyConsentsToTheTransfer];
export const toAccept = [somebodyIsProposed, byTheOneProposed, familyConsentsToTheTransfer];
export const toDecline = [somebodyIsProposed, byTheOneProposed];
/** LP-05 */
export const toWithdrawAProposal = [byTheLeadProfessionalOrTheirManager, somebodyIsProposed];
export const toInvolveAService = [isANewService];
export const toEndAService = [serviceIsInvolved];
export const toCheckIn = [byASupportOfficer];
export const toSupervise = [byAManagerOfTheirOwnStaff];
export const toClose = [
  byTheLeadProfessionalOrTheirManager,
  hasAReason,
  saysHowThingsAre,
  saysWhatWasGiven,
  tellsAllInvolved,
  notBeforeItsOpening,
];
export const toReopen = [saysWhyItReopens, notBeforeItsClosing, noOtherIsOpen];
export const toStayInTouch = [liesAhead];
