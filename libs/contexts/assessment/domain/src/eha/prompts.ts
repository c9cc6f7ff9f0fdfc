import { prompt, type PromptRaised } from '../common/prompts.js';
import type { ActiveEha, Content } from './state.js';

const someVoiceIsMissing = ({ children, members, voices, livedExperience }: Content): boolean =>
  members.some(({ personId }) => !voices.includes(personId)) ||
  children.some((child) => !voices.includes(child) && !livedExperience.includes(child));

const noFatherIsSought = ({ members, fatherEfforts }: Content): boolean =>
  fatherEfforts === 0 && !members.some(({ part }) => part === 'father' || part === 'male-carer');

/** What the soft rules still ask for when an assessment is finished; none of it holds the assessment up. */
export const gaps = ({ ehaId, content }: ActiveEha): readonly PromptRaised[] => [
  ...(someVoiceIsMissing(content) ? [prompt('record-voices', ehaId)] : []),
  ...(noFatherIsSought(content) ? [prompt('include-fathers', ehaId)] : []),
  ...(content.network === 0 ? [prompt('record-network', ehaId)] : []),
];
