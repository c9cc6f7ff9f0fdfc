import type { Recorded } from '@waymark/event-store';
import { isErased, type AnyEventDefinition } from '@waymark/kernel';

/** The event's own sentence; where it has none or cannot say it, one that says so. */
export const sentenceOf = (definition: AnyEventDefinition | undefined, event: Recorded): string => {
  if (!definition) return `${spelt(event.type)}: an entry that has no sentence of its own.`;
  try {
    return definition.tell(event.data as never, event);
  } catch {
    return `${spelt(event.type)}: an entry whose sentence cannot be said.`;
  }
};

/** `referral.HubEnquiryOpened.v1` as "Hub enquiry opened (referral)". */
export const spelt = (type: string): string => {
  const [service = type, name = ''] = type.split('.');
  const words = name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return words ? `${words.charAt(0).toUpperCase()}${words.slice(1)} (${service})` : service;
};

/** Where the contexts' events keep the reasons of a decision. */
const reasonFields = ['rationale', 'why', 'reasons', 'reason'];

/** The rationale. Only what takes words counts: a `reason` that is a code the sentence tells. */
export const whyOf = (definition: AnyEventDefinition | undefined, event: Recorded): string | null => {
  const data = event.data as Readonly<Record<string, unknown>> | null;
  const stories = new Set(definition?.seals.filter(({ steps }) => steps.length === 1).map(({ steps }) => steps[0]));
  const field = reasonFields.find((name) => stories.has(name) && typeof data?.[name] === 'string' && takesWords(definition, name));
  return field === undefined ? null : (data?.[field] as string);
};

interface Takes {
  safeParse(value: unknown): { readonly success: boolean };
}
const takesWords = (definition: AnyEventDefinition | undefined, field: string): boolean => {
  const shape = (definition?.schema.shape ?? {}) as Readonly<Record<string, Takes | undefined>>;
  return shape[field]?.safeParse('Words, of a sentence.').success ?? false;
};

export const containsErased = (value: unknown): boolean =>
  isErased(value) || (typeof value === 'object' && value !== null && Object.values(value).some(containsErased));
