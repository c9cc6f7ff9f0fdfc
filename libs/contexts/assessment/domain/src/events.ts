import type { AnyEventDefinition } from '@waymark/kernel';
import { consent } from './consent/consent.js';
import { eha } from './eha/eha.js';
import { family } from './family/family.js';

/** Every event of the context, each once. */
export const assessmentEvents: readonly AnyEventDefinition[] = [...new Set([...consent.events, ...family.events, ...eha.events])];
