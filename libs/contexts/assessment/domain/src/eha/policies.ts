import { isErased, notPermitted, refuse, unknown, wrongState, type Policy } from '@waymark/kernel';
import { isCoded, wordsOf, type PolicyPack } from '@waymark/policy';
import { consentPolicies, otherParentsWereSought } from '../common/taking-part.js';
import type {
  AgreeVersion,
  AnswerConsideration,
  ContributeSection,
  FinaliseEha,
  IdentifyNeed,
  RecordHubCheck,
  UpdateEha,
} from './commands.js';
import { accepted, knownPeople, type ActiveEha, type Section } from './state.js';

type On<C> = Policy<C, ActiveEha, PolicyPack>;
type Finishing = Pick<FinaliseEha, 'copyGivenTo' | 'evidence' | 'meta'>;

/** GEN-03. */
const sectionOverwritesNothing: On<ContributeSection> = ({ sectionId }, { content: { sections } }) =>
  sections.some((section) => section.sectionId === sectionId)
    ? wrongState('This id is in the assessment already: a further entry has its own.', { field: 'sectionId' })
    : undefined;

type OnCorrected = (command: ContributeSection, corrected: Section, sections: readonly Section[]) => ReturnType<On<ContributeSection>>;

/** What holds of a correction: of the section that it names, among all of them. */
const ofACorrection =
  (policy: OnCorrected): On<ContributeSection> =>
  (command, { content: { sections } }) => {
    const corrected = sections.find(({ sectionId }) => sectionId === command.corrects);
    return corrected && policy(command, corrected, sections);
  };

const namesWhatItCorrects: On<ContributeSection> = ({ corrects }, { content: { sections } }) =>
  corrects === null || sections.some(({ sectionId }) => sectionId === corrects)
    ? undefined
    : unknown('The assessment has no such section to correct.', { field: 'corrects' });

/** The entry with which its chain of corrections begins. */
const firstOf = (section: Section, sections: readonly Section[]): Section => {
  const earlier = sections.slice(0, sections.indexOf(section));
  const before = earlier.find(({ sectionId }) => sectionId === section.corrects);
  return before ? firstOf(before, earlier) : section;
};

/** GEN-03: by its author, also after somebody acted for them, or who may act for them. */
const byItsAuthor = ofACorrection(({ meta: { actor } }, corrected, sections) => {
  const { by } = corrected;
  const isAuthor = [by, firstOf(corrected, sections).by].some(
    ({ user, organisation }) => actor.user === user && actor.organisation === organisation,
  );
  return isAuthor || (actor.role === 'manager' && actor.organisation === by.organisation)
    ? undefined
    : refuse(
        'GEN-03',
        'A section is corrected by its author, or by a manager of their organisation. Contribute one of your own, or ask them to correct theirs.',
        { field: 'corrects' },
      );
});

/** Corrections follow one another, so that the latest is never in doubt. */
const correctsTheLatest = ofACorrection((_command, corrected, sections) => {
  const later = sections.find(({ corrects }) => corrects === corrected.sectionId);
  return later
    ? wrongState('This section has been corrected already: correct the later one.', {
        field: 'corrects',
        see: { kind: 'section', id: later.sectionId },
      })
    : undefined;
});

/** GEN-03: what belongs under another heading is a section of its own, which waits for consent as any other. */
const underTheSameHeading = ofACorrection(({ heading }, corrected) =>
  heading === corrected.heading
    ? undefined
    : refuse(
        'GEN-03',
        `A section is corrected under its own heading (${corrected.heading}): what belongs under another is a section of its own.`,
        {
          field: 'heading',
        },
      ),
);

export const sectionPolicies: readonly On<ContributeSection>[] = [
  sectionOverwritesNothing,
  namesWhatItCorrects,
  byItsAuthor,
  correctsTheLatest,
  underTheSameHeading,
];

/** EHA-05: a consideration is one of the pack's. */
export const considerationIsListed: On<AnswerConsideration> = ({ consideration }, _eha, pack) =>
  isCoded(pack.ehaConsiderations, consideration)
    ? undefined
    : unknown('There is no such consideration: take one that the policy pack lists.', { field: 'consideration' });

/** SF-02: a need is named by a heading of the outcomes framework. */
export const needIsListed: On<IdentifyNeed> = ({ code }, _eha, pack) =>
  !isErased(code) && isCoded(pack.outcomes, code)
    ? undefined
    : unknown('There is no such heading in the outcomes framework.', { field: 'code' });

/** EHA-09: the version as it stands, and no other. */
export const versionIsCurrent: On<AgreeVersion> = ({ version }, { content }) =>
  version === content.version && version > 0
    ? undefined
    : refuse('EHA-09', `The family agrees what it has seen, and the assessment is at version ${content.version}: show that one.`, {
        field: 'version',
      });

/** EHA-09: it is the family that agrees. */
export const familyAgrees: On<AgreeVersion> = ({ by }, eha) =>
  knownPeople(eha).includes(by)
    ? undefined
    : unknown('The assessment does not know this person: invite them, or record their voice, first.', { field: 'by' });

/** EHA-05. */
export const considerationsAreAnswered: On<Finishing> = (_command, { content }, pack) => {
  const missing = Object.keys(pack.ehaConsiderations).filter((code) => !content.considerations.includes(code));
  return missing.length > 0
    ? refuse('EHA-05', `Still to be considered: ${missing.map((code) => wordsOf(pack.ehaConsiderations, code)).join('; ')}.`, {
        field: 'considerations',
      })
    : undefined;
};

/** EHA-06: of every child, one who does not speak too. */
export const childrenAreHeard: On<Finishing> = (_command, { content: { children, livedExperience } }) => {
  if (children.length === 0)
    return refuse('EHA-06', 'No child is named: name each child at home and record their lived experience.', { field: 'children' });
  const missing = children.filter((child) => !livedExperience.includes(child)).length;
  return missing > 0
    ? refuse(
        'EHA-06',
        `The lived experience of ${missing === 1 ? 'one child' : `${missing} children`} is missing: record it in their words or by observation.`,
        { field: 'livedExperience' },
      )
    : undefined;
};

/** EHA-09: never written first and shared later. */
export const familyAgreedThisVersion: On<Finishing> = (_command, { content, agreement }) =>
  agreement?.version === content.version
    ? undefined
    : refuse(
        'EHA-09',
        agreement
          ? `The family agreed version ${agreement.version}, and the assessment is at version ${content.version}: ask them to agree that one.`
          : `The family has not agreed the assessment: show them version ${content.version} and record their agreement.`,
        { field: 'agreement' },
      );

/** EHA-09. */
export const familyHasACopy: On<Finishing> = ({ copyGivenTo }) =>
  copyGivenTo.length > 0 ? undefined : refuse('EHA-09', 'The family receives a copy: say who was given it.', { field: 'copyGivenTo' });

/** GEN-02: a late entry tells of a moment at which it can have happened: nothing is finished before it is begun, or checked before it is finished. */
export const followsWhatCameBefore: On<Pick<FinaliseEha, 'meta'>> = ({ meta }, eha) =>
  meta.occurredAt < ('completedAt' in eha ? eha.completedAt : eha.openedAt)
    ? refuse('GEN-02', 'At that moment the assessment had not come this far: give the moment at which it happened.', {
        field: 'occurredAt',
      })
    : undefined;

export const finishingPolicies: readonly On<Finishing>[] = [
  ...consentPolicies,
  considerationsAreAnswered,
  childrenAreHeard,
  otherParentsWereSought,
  familyAgreedThisVersion,
  familyHasACopy,
  followsWhatCameBefore,
];

/** FD-07: nothing that needs a completed assessment goes ahead before the hub has accepted it. */
export const hubHasAccepted: Policy<unknown, ActiveEha, PolicyPack> = (_command, eha) =>
  accepted(eha)
    ? undefined
    : refuse('FD-07', 'The Early Help Hub has not accepted the completed assessment yet: that comes first.', { field: 'ehaId' });

export const updatePolicies: readonly On<UpdateEha>[] = [hubHasAccepted, ...finishingPolicies];

/** FD-07: the checks are the hub's. */
export const hubChecks: On<RecordHubCheck> = ({ meta }) =>
  meta.actor.role === 'hub-coordinator'
    ? undefined
    : { ...notPermitted('The checks of a completed assessment are recorded by a co-ordinator of the Early Help Hub.'), rule: 'FD-07' };

/** FD-07. */
export const acceptedOnBothChecks: On<RecordHubCheck> = ({ outcome, safeguarding, quality }) =>
  outcome === 'accepted' && (safeguarding !== 'passed' || quality !== 'passed')
    ? refuse('FD-07', 'An assessment is accepted when both checks have passed: return it with reasons, or escalate it.', {
        field: 'outcome',
      })
    : undefined;

/** FD-07: who returns or escalates says why. */
export const reasonsAreGiven: On<RecordHubCheck> = ({ outcome, reasons }) =>
  outcome !== 'accepted' && (reasons === null || reasons.trim() === '')
    ? refuse('FD-07', 'A return and an escalation to the MASH each name their reasons: add them.', { field: 'reasons' })
    : undefined;

export const hubPolicies: readonly On<RecordHubCheck>[] = [hubChecks, acceptedOnBothChecks, reasonsAreGiven, followsWhatCameBefore];
