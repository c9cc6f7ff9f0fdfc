export const AGGREGATES = Symbol('aggregates');
export const CLOCK = Symbol('clock');
