import type { CarriesConsent } from '@waymark/consent';
import { cancelDeadline, meetDeadline, setDeadline, type Deadlines } from '@waymark/deadlines';
import { accept as acceptAny, check, never, unknown, wrongState, type Decision } from '@waymark/kernel';
import { endOfLondonDay, startOfLondonDay, type PolicyPack } from '@waymark/policy';
import { planningDeadlines } from '../shared/deadlines.js';
import { sameProfessional } from '../shared/fields.js';
import type * as Commands from './commands.js';
import * as events from './events.js';
import type { EpisodeEvent } from './events.js';
import * as policies from './policies.js';
import type { Episode, EpisodeOpen, EpisodeShut } from './state.js';

type Decided = Decision<EpisodeEvent>;
const accept = acceptAny<EpisodeEvent>;

/** Everything but the opening needs an episode that is open. */
const whileOpen = (state: Episode, then: (open: EpisodeOpen) => Decided): Decided => {
  if (state.status === 'none') return unknown('There is no such episode.');
  return state.status === 'open' ? then(state) : wrongState('The episode is closed: reopen it first, with a reason.');
};

const onceClosed = (state: Episode, then: (shut: EpisodeShut) => Decided): Decided => {
  if (state.status === 'none') return unknown('There is no such episode.');
  return state.status === 'closed' ? then(state) : wrongState('The episode is still open: close it first.');
};

const openOrClosed = (state: Episode, then: (known: EpisodeOpen | EpisodeShut) => Decided): Decided =>
  state.status === 'none' ? unknown('There is no such episode.') : then(state);

export const decide = (command: Commands.EpisodeCommand, state: Episode, pack: PolicyPack, deadlines: Deadlines): Decided => {
  switch (command.kind) {
    case 'OpenEpisode':
      return openEpisode(command, state);
    case 'NoteEhaCompleted':
      return openOrClosed(state, () => accept(events.AssessmentCompletionNoted(said(command))));
    case 'NoteEhaAccepted':
      return openOrClosed(state, () => accept(events.AssessmentAcceptanceNoted(said(command))));
    case 'ConfirmLeadProfessional':
      return whileOpen(state, (open) => confirmLeadProfessional(command, open, pack));
    case 'ProposeLeadProfessional':
      return whileOpen(state, (open) => proposeLeadProfessional(command, open, pack));
    case 'AcceptLeadProfessional':
      return whileOpen(state, (open) => acceptLeadProfessional(command, open, pack));
    case 'DeclineLeadProfessional':
      return whileOpen(state, (open) => declineLeadProfessional(command, open, pack));
    case 'WithdrawLeadProfessionalProposal':
      return whileOpen(state, (open) => withdrawProposal(command, open, pack));
    case 'RecordServiceInvolved':
      return whileOpen(
        state,
        (open) => check(policies.toInvolveAService, command, open, pack) ?? accept(events.ServiceInvolved(said(command))),
      );
    case 'RecordServiceEnded':
      return openOrClosed(state, (known) => endService(command, known, pack));
    case 'RecordCheckIn':
      return whileOpen(state, (open) => recordCheckIn(command, open, pack));
    case 'RecordSupervision':
      return whileOpen(state, (open) => recordSupervision(command, open, pack));
    case 'PromptClosing':
      return promptClosing(command, state);
    case 'CloseEpisode':
      return whileOpen(state, (open) => closeEpisode(command, open, pack));
    case 'ReopenEpisode':
      return onceClosed(state, (shut) => reopenEpisode(command, shut, pack, deadlines));
    case 'SetStayInTouch':
      return onceClosed(state, (shut) => setStayInTouch(command, shut, pack, deadlines));
    case 'RecordStayInTouch':
      return onceClosed(state, () => recordStayInTouch(command, deadlines));
    case 'RecordFeedback':
      return openOrClosed(state, () => accept(events.FeedbackRecorded(said(command))));
    default:
      return never(command);
  }
};

/** What a command says, without what surrounds it. */
const said = <C extends Commands.EpisodeCommand>({ kind, caseId, meta, consent, ...rest }: C & CarriesConsent) => rest;

/** A reaction may ask again: an episode that is there stays as it is. */
const openEpisode = (command: Commands.OpenEpisode, state: Episode): Decided =>
  state.status === 'none' ? accept(events.EpisodeOpened(said(command))) : accept();

const confirmLeadProfessional = (command: Commands.ConfirmLeadProfessional, state: EpisodeOpen, pack: PolicyPack): Decided => {
  const { episodeId, meetingId, leadProfessional, agreedBy, why } = command;
  const changed = !sameProfessional(leadProfessional, state.leadProfessional);
  return (
    check(policies.toConfirm, command, state, pack) ??
    accept(
      events.LeadProfessionalConfirmed({
        ...{ episodeId, meetingId, leadProfessional, agreedBy, changed },
        transfers: state.transfers + (changed ? 1 : 0),
        ...(why === undefined ? {} : { why }),
      }),
    )
  );
};

const proposeLeadProfessional = (command: Commands.ProposeLeadProfessional, state: EpisodeOpen, pack: PolicyPack): Decided => {
  const { episodeId, leadProfessional, why } = command;
  return (
    check(policies.toPropose, command, state, pack) ??
    accept(events.LeadProfessionalProposed({ episodeId, leadProfessional, current: state.leadProfessional, consent: relied(command), why }))
  );
};

const acceptLeadProfessional = (command: Commands.AcceptLeadProfessional, state: EpisodeOpen, pack: PolicyPack): Decided => {
  const refusal = check(policies.toAccept, command, state, pack);
  if (refusal) return refusal;
  return accept(
    events.LeadProfessionalAccepted({
      episodeId: command.episodeId,
      leadProfessional: state.proposed?.leadProfessional ?? state.leadProfessional,
      previous: state.leadProfessional,
      consent: relied(command),
      transfers: state.transfers + 1,
    }),
  );
};

/** The consent that was relied on; the policies have made sure that there is one. */
const relied = ({ evidence: { consent } }: Commands.ProposeLeadProfessional | Commands.AcceptLeadProfessional) => {
  if (!consent) throw new TypeError('a transfer was accepted without the consent that it rests on');
  return { consentId: consent.consentId, ledgerPosition: consent.ledgerPosition };
};

const declineLeadProfessional = (command: Commands.DeclineLeadProfessional, state: EpisodeOpen, pack: PolicyPack): Decided =>
  check(policies.toDecline, command, state, pack) ??
  accept(
    events.LeadProfessionalDeclined({
      episodeId: command.episodeId,
      leadProfessional: state.proposed?.leadProfessional ?? state.leadProfessional,
      why: command.why,
    }),
  );

const withdrawProposal = (command: Commands.WithdrawLeadProfessionalProposal, state: EpisodeOpen, pack: PolicyPack): Decided =>
  check(policies.toWithdrawAProposal, command, state, pack) ??
  accept(
    events.LeadProfessionalProposalWithdrawn({
      episodeId: command.episodeId,
      leadProfessional: state.proposed?.leadProfessional ?? state.leadProfessional,
      why: command.why,
    }),
  );

const endService = (command: Commands.RecordServiceEnded, state: EpisodeOpen | EpisodeShut, pack: PolicyPack): Decided => {
  const refusal = check(policies.toEndAService, command, state, pack);
  const service = state.services.find(({ serviceId }) => serviceId === command.serviceId);
  if (refusal || !service) return refusal ?? unknown('No such service takes part.', { field: 'serviceId' });
  return accept(events.ServiceEnded({ ...said(command), organisation: service.organisation }));
};

const recordCheckIn = (command: Commands.RecordCheckIn, state: EpisodeOpen, pack: PolicyPack): Decided =>
  check(policies.toCheckIn, command, state, pack) ??
  accept(events.CheckInRecorded({ ...said(command), leadProfessional: state.leadProfessional }));

const recordSupervision = (command: Commands.RecordSupervision, state: EpisodeOpen, pack: PolicyPack): Decided => {
  const { episodeId, discussion, direction } = command;
  return (
    check(policies.toSupervise, command, state, pack) ??
    accept(
      events.SupervisionRecorded({
        ...{ episodeId, leadProfessional: state.leadProfessional, discussion },
        ...(direction === undefined ? {} : { direction }),
      }),
    )
  );
};

/** EP-02: a prompt, and only one until the episode is reopened; none where it has been closed meanwhile. */
const promptClosing = ({ episodeId }: Commands.PromptClosing, state: Episode): Decided =>
  state.status === 'open' && !state.closingPrompted ? accept(events.ClosingPrompted({ episodeId, because: 'no-active-plan' })) : accept();

const closeEpisode = (command: Commands.CloseEpisode, state: EpisodeOpen, pack: PolicyPack): Decided => {
  const { episodeId, reason = '', presentCircumstances = '', supportGiven = '', told = { people: [], professionals: [] } } = command;
  const servicesStillOpen = state.services
    .filter(({ ended }) => !ended)
    .map(({ serviceId, organisation }) => ({ serviceId, organisation }));
  return (
    check(policies.toClose, command, state, pack) ??
    accept(
      events.EpisodeClosed({ episodeId, reason, presentCircumstances, supportGiven, told, servicesStillOpen }),
      events.FeedbackPrompted({ episodeId }),
    )
  );
};

const reopenEpisode = (command: Commands.ReopenEpisode, state: EpisodeShut, pack: PolicyPack, deadlines: Deadlines): Decided =>
  check(policies.toReopen, command, state, pack) ??
  accept(
    events.EpisodeReopened({ episodeId: command.episodeId, leadProfessional: state.leadProfessional, reason: command.reason ?? '' }),
    ...cancelDeadline(planningDeadlines, deadlines, { rule: 'EP-07' }),
  );

const setStayInTouch = (command: Commands.SetStayInTouch, state: EpisodeShut, pack: PolicyPack, deadlines: Deadlines): Decided => {
  const { episodeId, on } = command;
  const due = { owner: episodeId, rule: 'EP-07', dueAt: endOfLondonDay(on), remindAt: startOfLondonDay(on) };
  return (
    check(policies.toStayInTouch, command, state, pack) ??
    accept(
      events.StayInTouchSet({ episodeId, on }),
      ...cancelDeadline(planningDeadlines, deadlines, { rule: 'EP-07' }),
      setDeadline(planningDeadlines, deadlines, due),
    )
  );
};

const recordStayInTouch = (command: Commands.RecordStayInTouch, deadlines: Deadlines): Decided =>
  accept(events.StayedInTouch(said(command)), ...meetDeadline(planningDeadlines, deadlines, { rule: 'EP-07' }, command.meta));
