import { accept, check, unknown, wrongState, type Decision } from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import { dataOf } from '../common/commands.js';
import type { ContentCommand } from './commands.js';
import * as content from './content-events.js';
import { considerationIsListed, needIsListed, sectionPolicies } from './policies.js';
import type { ActiveEha } from './state.js';

type Decided = Decision<content.ContentEvent>;
type Handler<C> = (command: C, eha: ActiveEha, pack: PolicyPack) => Decided;

const usedAlready = (field: string) => wrongState('This id is in the assessment already: a further entry has its own.', { field });

/** One function per command: the type has them all, so a forgotten one does not compile. */
const handlers: { readonly [K in ContentCommand['kind']]: Handler<Extract<ContentCommand, { kind: K }>> } = {
  NameChild: (command, { content: { children } }) =>
    children.includes(command.childId)
      ? wrongState('This child is named in the assessment already.', { field: 'childId' })
      : accept(content.ChildNamed(dataOf(command))),
  InviteFamilyMember: (command, { content: { members } }) =>
    members.some(({ personId }) => personId === command.personId)
      ? wrongState('This member of the family was invited already.', { field: 'personId' })
      : accept(content.FamilyMemberInvited(dataOf(command))),
  ContributeSection: (command, eha, pack) =>
    check(sectionPolicies, command, eha, pack) ?? accept(content.SectionContributed(dataOf(command))),
  AnswerConsideration: (command, eha, pack) =>
    check([considerationIsListed], command, eha, pack) ?? accept(content.ConsiderationAnswered(dataOf(command))),
  RecordLivedExperience: (command, { content: { children } }) =>
    children.includes(command.childId)
      ? accept(content.LivedExperienceRecorded(dataOf(command)))
      : unknown('This child is not named in the assessment: name them first.', { field: 'childId' }),
  RecordVoice: (command) => accept(content.VoiceRecorded(dataOf(command))),
  RecordAbsence: (command) => accept(content.VoiceAbsent(dataOf(command))),
  RecordView: (command, { content: { views } }) =>
    views.some(({ viewId }) => viewId === command.viewId) ? usedAlready('viewId') : accept(content.ViewRecorded(dataOf(command))),
  IdentifyNeed: (command, eha, pack) =>
    eha.content.needs.some(({ needId }) => needId === command.needId)
      ? usedAlready('needId')
      : (check([needIsListed], command, eha, pack) ?? accept(content.NeedIdentified(dataOf(command)))),
  RecordFatherEffort: (command) => accept(content.FatherEffortRecorded(dataOf(command))),
  RecordNetwork: (command) => accept(content.NetworkRecorded(dataOf(command))),
};

export const isContentCommand = (command: { readonly kind: string }): command is ContentCommand => Object.hasOwn(handlers, command.kind);

export const decideContent = (command: ContentCommand, eha: ActiveEha, pack: PolicyPack): Decided =>
  (handlers[command.kind] as Handler<ContentCommand>)(command, eha, pack);
