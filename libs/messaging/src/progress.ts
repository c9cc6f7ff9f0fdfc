/** The later of two positions of one store; 'start' comes before all. */
export const later = (a: string, b: string): string => (a === 'start' || (b !== 'start' && b > a) ? b : a);
