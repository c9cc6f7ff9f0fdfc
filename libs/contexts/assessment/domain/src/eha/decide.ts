import { accept, check, never, unknown, wrongState, type Decision } from '@waymark/kernel';
import { cancelDeadline, meetDeadline, setDeadline, type Deadlines } from '@waymark/deadlines';
import { deadlineAfter, type PolicyPack } from '@waymark/policy';
import { raiseSafetyConcern, type RaiseSafetyConcern } from '../common/commands.js';
import { deadlines, type AssessmentDeadline } from '../common/deadlines.js';
import type { AgreeVersion, EhaCommand, FinaliseEha, RecordHubCheck, StartEha, UpdateEha } from './commands.js';
import { decideContent, isContentCommand } from './decide-content.js';
import * as events from './events.js';
import type { EhaEvent } from './evolve.js';
import { familyAgrees, finishingPolicies, hubPolicies, updatePolicies, versionIsCurrent } from './policies.js';
import { gaps } from './prompts.js';
import type { ActiveEha, Eha } from './state.js';
import { prompt } from '../common/prompts.js';

type Event = EhaEvent | AssessmentDeadline;
type Decided = Decision<Event>;

export const decide = (command: EhaCommand, eha: Eha, pack: PolicyPack, pending: Deadlines): Decided => {
  if (command.kind === 'StartEha') return start(command, eha, pack, pending);
  if (eha.status === 'not-started') return unknown('There is no such assessment.', { field: 'ehaId' });
  if (command.kind === 'RaiseSafetyConcern') return raiseSafetyConcern(command);
  return eha.status === 'closed' ? afterClosing(command) : decideActive(command, eha, pack, pending);
};

/** Whoever closes it a second time finds it closed: nothing is left to do. */
const afterClosing = ({ kind }: EhaCommand): Decided =>
  kind === 'CloseEha' ? accept() : wrongState('The assessment is closed.', { field: 'ehaId' });

type OfActive = Exclude<EhaCommand, StartEha | RaiseSafetyConcern>;

const decideActive = (command: OfActive, eha: ActiveEha, pack: PolicyPack, pending: Deadlines): Decided => {
  if (isContentCommand(command)) return decideContent(command, eha, pack);
  switch (command.kind) {
    case 'AgreeVersion':
      return agree(command, eha, pack);
    case 'FinaliseEha':
      return finalise(command, eha, pack, pending);
    case 'UpdateEha':
      return update(command, eha, pack, pending);
    case 'RecordHubCheck':
      return hubCheck(command, eha, pack);
    case 'CloseEha':
      return close(eha, pending);
    default:
      return never(command);
  }
};

/** Whoever comes second finds it started: nothing is left to do. */
const start = ({ ehaId, leadProfessional, openedAt, consentGiver }: StartEha, eha: Eha, pack: PolicyPack, pending: Deadlines): Decided => {
  if (eha.status !== 'not-started') return accept();
  const due = {
    owner: ehaId,
    rule: 'EHA-08',
    dueAt: deadlineAfter(openedAt, pack.ehaDue),
    remindAt: deadlineAfter(openedAt, pack.ehaPrompt),
  };
  return accept<Event>(events.EhaStarted({ ehaId, leadProfessional, openedAt, consentGiver }), setDeadline(deadlines, pending, due));
};

const agree = (command: AgreeVersion, eha: ActiveEha, pack: PolicyPack): Decided =>
  check([versionIsCurrent, familyAgrees], command, eha, pack) ?? accept(events.VersionAgreed({ version: command.version, by: command.by }));

const finalise = (command: FinaliseEha, eha: ActiveEha, pack: PolicyPack, pending: Deadlines): Decided => {
  if (eha.status !== 'open' && eha.status !== 'returned')
    return wrongState('The assessment is completed already: an update comes once the hub has accepted it.', { field: 'ehaId' });
  const refusal = check(finishingPolicies, command, eha, pack);
  if (refusal) return refusal;
  return accept<Event>(
    events.EhaCompleted(completion(command, eha)),
    ...meetDeadline(deadlines, pending, { rule: 'EHA-08' }, command.meta),
    // Returned and completed again: the review runs from the later completion.
    ...cancelDeadline(deadlines, pending, { rule: 'EHA-10' }),
    reviewDue(command, eha, pack, pending),
    ...gaps(eha),
  );
};

/** EHA-10: the review is done, and the next one is due. */
const update = (command: UpdateEha, eha: ActiveEha, pack: PolicyPack, pending: Deadlines): Decided =>
  check(updatePolicies, command, eha, pack) ??
  accept<Event>(
    events.EhaUpdated(completion(command, eha)),
    ...meetDeadline(deadlines, pending, { rule: 'EHA-10' }, command.meta),
    reviewDue(command, eha, pack, pending),
    ...gaps(eha),
  );

const completion = ({ copyGivenTo, evidence }: FinaliseEha | UpdateEha, { ehaId, content, agreement, consentGiver }: ActiveEha) => ({
  ehaId,
  version: content.version,
  agreedBy: agreement?.by ?? consentGiver,
  copyGivenTo: [...copyGivenTo],
  needs: needsOf(content),
  evidence,
});

const needsOf = ({ needs }: ActiveEha['content']) => needs.map(({ needId, code }) => ({ needId, code }));

const reviewDue = ({ meta }: FinaliseEha | UpdateEha, { ehaId }: ActiveEha, pack: PolicyPack, pending: Deadlines) =>
  setDeadline(deadlines, pending, { owner: ehaId, rule: 'EHA-10', dueAt: deadlineAfter(meta.occurredAt, pack.ehaReview) });

const hubCheck = (command: RecordHubCheck, eha: ActiveEha, pack: PolicyPack): Decided => {
  const refusal = check(hubPolicies, command, eha, pack);
  if (refusal) return refusal;
  if (eha.status !== 'completed' && eha.status !== 'escalated')
    return wrongState('The assessment does not await the checks of the hub.', { field: 'ehaId' });
  const { ehaId, completedVersion: version, completedAt } = eha;
  const { safeguarding, quality, note, outcome, reasons } = command;
  const checked = events.HubChecksRecorded({ ehaId, version, safeguarding, quality, note });
  switch (outcome) {
    case 'accepted':
      return accept<Event>(checked, events.EhaAccepted({ ehaId, completedAt, needs: needsOf(eha.content) }));
    case 'returned':
      return accept<Event>(checked, events.EhaReturned({ ehaId, reasons: reasons ?? '' }));
    case 'escalated':
      return accept<Event>(checked, events.EhaEscalated({ ehaId, reasons: reasons ?? '' }), prompt('follow-safeguarding-procedure', ehaId));
    default:
      return never(outcome);
  }
};

const close = ({ ehaId }: ActiveEha, pending: Deadlines): Decided =>
  accept<Event>(
    events.EhaClosed({ ehaId }),
    ...cancelDeadline(deadlines, pending, { rule: 'EHA-08' }),
    ...cancelDeadline(deadlines, pending, { rule: 'EHA-10' }),
  );
