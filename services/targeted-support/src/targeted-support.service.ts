import { relationshipsProjection, type ServiceDefinition } from '@waymark/nest';
import { targetedSupportContracts } from '@waymark/targeted-support-contracts';
import { request, targetedSupportEvents, targetedSupportRelationships } from '@waymark/targeted-support-domain';
import { answers } from './answers.js';
import { cases } from './replicas/cases.replica.js';
import { consents } from './replicas/consents.replica.js';
import { ehas } from './replicas/ehas.replica.js';
import { leads } from './replicas/leads.replica.js';
import { relationshipsTold } from './replicas/relationships.replica.js';
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
  replicas: [cases, leads, ehas, consents.replica, relationshipsTold],
  consent: consents.source,
  workflows: [],
  answers,
};
