import type { After } from '@waymark/event-store';

/** Whether a reader that has seen everything up to `seen` has seen `wanted`. */
export const reached = (seen: After, wanted: After): boolean => wanted === 'start' || (seen !== 'start' && seen >= wanted);

export const later = (a: After, b: After): After => (reached(a, b) ? a : b);
