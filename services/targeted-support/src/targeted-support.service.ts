import { relationshipsProjection, type ServiceDefinition } from '@waymark/nest';
import { targetedSupportContracts } from '@waymark/targeted-support-contracts';
import { request, targetedSupportEvents, targetedSupportRelationships } from '@waymark/targeted-support-domain';
import { answers } from './answers.js';
import { cases } from './copies/cases.copy.js';
import { consents } from './copies/consents.copy.js';
import { ehas } from './copies/ehas.copy.js';
import { leads } from './copies/leads.copy.js';
import { relationshipsTold } from './copies/relationships.copy.js';
import { publish } from './publish.js';
import { requests } from './requests/requests.projection.js';
import { TargetedSupportModule } from './targeted-support.module.js';

/** Requests for Targeted Support: their gate and their triage. */
export const targetedSupportService: ServiceDefinition = {
  name: 'targeted-support',
  module: TargetedSupportModule,
  aggregates: [request],
  events: targetedSupportEvents,
  publishes: { contracts: targetedSupportContracts, publish },
  projections: [requests, relationshipsProjection('targeted-support', [targetedSupportRelationships])],
  copies: [cases, leads, ehas, consents.copy, relationshipsTold],
  consent: consents.source,
  workflows: [],
  answers,
};
