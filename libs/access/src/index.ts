export * from './bodies.js';
export * from './decide.js';
export * from './facts.js';
export { grounds, professionals, type Ground, type GroundName } from './grounds.js';
export * from './policy.js';
export * from './practice.js';
export * from './relationships.js';
