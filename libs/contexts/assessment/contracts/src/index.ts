export * from './contracts.js';
export * from './consent-facts.js';
