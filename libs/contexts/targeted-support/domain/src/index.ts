import { requestEvents } from './request/events.js';

export * from './replicas/consents.js';
export * from './replicas/ehas.js';
export * from './replicas/leads.js';
export * from './request/commands.js';
export * from './request/events.js';
export * from './request/evidence.js';
export * from './request/request.js';
export * from './request/specialist-services.js';
export * from './request/state.js';
export { consentNeeds as requestConsentNeeds } from './request/consent-needs.js';
export { requestConsent } from './request/policies.js';

/** Every event of the context. */
export const targetedSupportEvents = [...requestEvents];
export * from './relationships.js';
