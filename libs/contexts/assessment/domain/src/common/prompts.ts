import { z } from 'zod';
import { defineEvent, handle, isErased, LongText, PersonId, sealed, Uuid, type EventOf } from '@waymark/kernel';

/** What a soft rule asks for when it is not yet done. A prompt never holds anything up. */
const prompts = {
  'involve-parents': {
    rule: 'CON-08',
    words: 'encourage the child to involve a parent, or record why not and the help offered to tell them',
  },
  'explore-refusal': { rule: 'CON-10', words: 'record the reasons explored, the reassurance given and the support offered instead' },
  'judge-risk': { rule: 'CON-11', words: 'judge whether significant harm is likely now that Early Help was refused' },
  'refer-to-mash': {
    rule: 'CON-11',
    words: 'refer to the MASH, with the chronology of concerns, their impact and the help that was offered',
  },
  'close-the-work': {
    rule: 'CON-17',
    words: "close the work that rested on the family's consent to take part, or ask the family anew",
  },
  'record-voices': { rule: 'EHA-04', words: "record each family member's voice, or the reason why it is missing" },
  'include-fathers': { rule: 'EHA-11', words: 'include fathers and other male carers, or record the efforts to do so' },
  'record-network': { rule: 'EHA-12', words: "record the family's own network: who could help, and how" },
  'follow-safeguarding-procedure': {
    rule: 'FD-11',
    words: "follow the organisation's own safeguarding procedure and contact the MASH without delay",
  },
} as const;

export type PromptCode = keyof typeof prompts;
const codes = Object.keys(prompts) as [PromptCode, ...PromptCode[]];

/** A prompt was shown. */
export const PromptRaised = defineEvent(
  'assessment.PromptRaised.v1',
  {
    /** Which one tells what was judged of the family (docs/adr/0017). */
    prompt: sealed(z.enum(codes), { of: 'caseId', addedLater: true }),
    rule: handle(),
    /** The refusal, concern or assessment that it is about. */ about: Uuid,
  },
  ({ prompt, rule }) => `A prompt was shown to ${isErased(prompt) ? '(erased)' : prompts[prompt].words} (${rule}).`,
);
export type PromptRaised = EventOf<typeof PromptRaised>;

export const prompt = (which: PromptCode, about: Uuid): PromptRaised => PromptRaised({ prompt: which, rule: prompts[which].rule, about });

/** FD-11: raised at any step; neither consent nor an unfinished form holds it up. */
export const SafetyConcernRaised = defineEvent(
  'assessment.SafetyConcernRaised.v1',
  { concernId: Uuid, personId: PersonId, concern: sealed(LongText, { of: 'caseId' }) },
  () => 'An immediate safeguarding concern was raised.',
);
export type SafetyConcernRaised = EventOf<typeof SafetyConcernRaised>;
