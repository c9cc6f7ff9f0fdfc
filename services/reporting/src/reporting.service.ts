import { assessmentRelationships } from '@waymark/assessment-domain';
import { relationshipsProjection, type ServiceDefinition } from '@waymark/nest';
import { planningRelationships } from '@waymark/planning-domain';
import { referralRelationships } from '@waymark/referral-domain';
import { targetedSupportRelationships } from '@waymark/targeted-support-domain';
import { caseDirectory } from './cases/case-directory.projection.js';
import { answers } from './answers.js';
import { consents } from './cases/consents.projection.js';
import { caseListProjection } from './cases/case-list.projection.js';
import { practiceOfTheContexts, thePractice } from './history/domain-catalogue.js';
import { countsErased } from './statistics/count-erased.js';
import { ReportingModule } from './reporting.module.js';

/** What happened, as it can be shown and proved: it owns no aggregate and publishes nothing. */
export const reportingService: ServiceDefinition = {
  name: 'reporting',
  module: ReportingModule,
  aggregates: [],
  events: [],
  // The record is everybody's: reporting reads it also where the services that wrote it run elsewhere.
  reads: thePractice().definitions,
  publishes: { contracts: [], publish: () => [] },
  consent: consents.source,
  projections: [
    consents.projection,
    caseListProjection(practiceOfTheContexts().definitions),
    caseDirectory,
    relationshipsProjection('reporting', [
      referralRelationships,
      assessmentRelationships,
      planningRelationships,
      targetedSupportRelationships,
    ]),
  ],
  replicas: [],
  workflows: [],
  countsErased,
  answers,
};
