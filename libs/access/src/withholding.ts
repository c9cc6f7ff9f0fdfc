import type { RuleId } from '@waymark/kernel';
import { grounds, type GroundName } from './grounds.js';

/** The parts of records that not everybody sees who sees the record. */
export type Part = 'public-referrer';

/**
 * FD-01: a member of the public who makes a contact may stay unknown to those it is about and to those who help them. Who they are is for the offices that
 * answer the contact, and for who checks the record.
 */
const forOfficesAlone: readonly Part[] = ['public-referrer'];

/** Which parts are kept back from somebody who was let in on this ground, and by which rule. */
export const withheldOn = (ground: GroundName | 'filtered'): ReadonlyMap<Part, RuleId> =>
  ground !== 'filtered' && grounds[ground].kind === 'office' ? none : keptBack;

const none: ReadonlyMap<Part, RuleId> = new Map();
const keptBack: ReadonlyMap<Part, RuleId> = new Map(forOfficesAlone.map((part) => [part, 'FD-01']));
