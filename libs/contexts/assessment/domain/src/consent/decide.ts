import { accept, check, unknown, wrongState, type Decision, type PersonId } from '@waymark/kernel';
import { endOfLondonDay, startOfLondonDay, type PolicyPack } from '@waymark/policy';
import { meetDeadline, setDeadline, type Deadlines } from '@waymark/deadlines';
import { dataOf, raiseSafetyConcern } from '../common/commands.js';
import { deadlines, type AssessmentDeadline } from '../common/deadlines.js';
import { prompt } from '../common/prompts.js';
import type { ConsentCommand, GiveConsent, JudgeCompetence, RefuseConsent } from './commands.js';
import * as competence from './competence-events.js';
import { renew, withdraw } from './decide-change.js';
import * as events from './events.js';
import type { LedgerEvent } from './evolve.js';
import { isChildAnswering, judgementRestedOn } from './giver-policies.js';
import { allFactorsAreJudged, givePolicies, refusePolicies, shareWithoutConsentPolicies, sharingPolicies } from './policies.js';
import * as sharing from './sharing-events.js';
import type { Consent, Ledger } from './state.js';

type Event = LedgerEvent | AssessmentDeadline;
type Decided = Decision<Event>;
type Handler<C> = (command: C, ledger: Ledger, pack: PolicyPack, pending: Deadlines) => Decided;

const give: Handler<GiveConsent> = (command, ledger, pack, pending) => {
  const { consentId, giver, purpose, meta } = command;
  if (ledger.consents.some((consent) => consent.consentId === consentId))
    return wrongState('This consent is in the ledger already: renew it, or give another one its own id.', { field: 'consentId' });
  const refusal = check(givePolicies, command, ledger, pack);
  if (refusal) return refusal;
  const restsOn = judgementRestedOn(command, ledger, pack);
  const alone = restsOn !== null && !ledger.involvementExplored.includes(giver.personId);
  return accept<Event>(
    events.ConsentGiven({ ...dataOf(command), covers: [...command.covers], agencies: [...command.agencies], restsOn }),
    ...askedAgain(ledger, pending, { personId: giver.personId, purpose, meta }),
    ...(alone ? [prompt('involve-parents', consentId)] : []),
  );
};

/** CON-09: one person's refusal leaves everybody else's consent as it is. */
const refuseConsent: Handler<RefuseConsent> = (command, ledger, pack, pending) => {
  const { refusalId, giver, purpose, askAgainOn, reasons, reassurance, alternatives, meta } = command;
  if (ledger.refusals.some((refusal) => refusal.refusalId === refusalId))
    return wrongState('This refusal is in the ledger already.', { field: 'refusalId' });
  const refusal = check(refusePolicies, command, ledger, pack);
  if (refusal) return refusal;
  const again = askAgainOn && {
    owner: command.caseId,
    rule: 'CON-10',
    about: refusalId,
    dueAt: endOfLondonDay(askAgainOn),
    remindAt: startOfLondonDay(askAgainOn),
  };
  const explored = reasons !== null && reassurance !== null && alternatives !== null;
  return accept<Event>(
    events.ConsentRefused(dataOf(command)),
    ...askedAgain(ledger, pending, { personId: giver.personId, purpose, meta }),
    ...(again ? [setDeadline(deadlines, pending, again)] : []),
    ...(explored ? [] : [prompt('explore-refusal', refusalId)]),
    prompt('judge-risk', refusalId),
  );
};

interface Asked extends Pick<GiveConsent, 'purpose' | 'meta'> {
  readonly personId: PersonId;
}

/** CON-10: an answer, whichever it is, shows that the family was asked again; not one of before they refused (GEN-02). */
const askedAgain = (ledger: Ledger, pending: Deadlines, { personId, purpose, meta }: Asked) =>
  ledger.refusals
    .filter((refusal) => refusal.giver === personId && refusal.purpose === purpose && refusal.at <= meta.occurredAt)
    .flatMap(({ refusalId }) => meetDeadline(deadlines, pending, { rule: 'CON-10', about: refusalId }, meta));

const judgeCompetence: Handler<JudgeCompetence> = (command, ledger, pack) => {
  const { competenceId, childId, outcome, meta } = command;
  if (ledger.judgements.some((judgement) => judgement.competenceId === competenceId))
    return wrongState('This judgement is in the ledger already.', { field: 'competenceId' });
  const refusal = check([allFactorsAreJudged], command, ledger, pack);
  if (refusal) return refusal;
  const judged = competence.CompetenceJudged(dataOf(command));
  // What was judged after this moment stands, and what rests on it (GEN-02).
  const judgedSince = ledger.judgements.filter(({ at }) => at > meta.occurredAt).map((judgement) => judgement.competenceId);
  const rests = ({ giver, capacity, dateOfBirth, changedAt, restsOn, reach }: Consent) =>
    giver === childId &&
    isChildAnswering({ personId: childId, capacity, dateOfBirth }, changedAt > meta.occurredAt ? changedAt : meta.occurredAt, pack) &&
    (restsOn === null || !judgedSince.includes(restsOn)) &&
    reach.some(({ until }) => until === null || until > meta.occurredAt);
  if (outcome === 'competent') return accept(judged);
  return accept<Event>(
    judged,
    ...ledger.consents.filter(rests).map(({ consentId, purpose, changedAt }) => ({
      ...events.ConsentSuspended({ consentId, purpose, competenceId }),
      // A judgement entered late suspends what rested on it meanwhile, from its beginning.
      ...(changedAt > meta.occurredAt ? { occurredAt: changedAt } : {}),
    })),
  );
};

/** One function per command: the type has them all, so a forgotten one does not compile. */
const handlers: { readonly [K in ConsentCommand['kind']]: Handler<Extract<ConsentCommand, { kind: K }>> } = {
  GiveConsent: give,
  RefuseConsent: refuseConsent,
  WithdrawConsent: withdraw,
  RenewConsent: renew,
  JudgeCompetence: judgeCompetence,
  RecordParentInvolvement: (command) => accept(competence.ParentInvolvementExplored(dataOf(command))),
  RecordOtherParent: (command, { otherParents }) =>
    otherParents.some(({ personId }) => personId === command.personId)
      ? wrongState('This person is recorded as the other one with parental responsibility already.', { field: 'personId' })
      : accept(events.OtherParentRecorded(dataOf(command))),
  RecordEffortToReach: (command, { otherParents }) =>
    otherParents.some(({ personId }) => personId === command.personId)
      ? accept(events.EffortToReachRecorded(dataOf(command)))
      : unknown('Record first that this person has parental responsibility too.', { field: 'personId' }),
  JudgeRiskOnRefusal: (command, { refusals }) => {
    const { refusalId, significantHarmLikely } = command;
    if (!refusals.some((refusal) => refusal.refusalId === refusalId))
      return unknown('There is no such refusal in the ledger.', { field: 'refusalId' });
    return accept<Event>(
      events.RiskOnRefusalJudged(dataOf(command)),
      ...(significantHarmLikely === true ? [prompt('refer-to-mash', refusalId)] : []),
    );
  },
  DecideSharing: (command, ledger, pack) =>
    check(shareWithoutConsentPolicies, command, ledger, pack) ?? accept(sharing.SharingDecided(dataOf(command))),
  DecideNotToShare: (command, ledger, pack) =>
    check(sharingPolicies, { ...command, kind: 'DecideSharing' }, ledger, pack) ?? accept(sharing.NonSharingDecided(dataOf(command))),
  RecordLawfulBasis: (command) => accept(sharing.LawfulBasisRecorded(dataOf(command))),
  RaiseSafetyConcern: raiseSafetyConcern,
};

export const decide = (command: ConsentCommand, ledger: Ledger, pack: PolicyPack, pending: Deadlines): Decided =>
  (handlers[command.kind] as Handler<ConsentCommand>)(command, ledger, pack, pending);
