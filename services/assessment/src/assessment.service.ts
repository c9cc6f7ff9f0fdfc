import { assessmentContracts } from '@waymark/assessment-contracts';
import {
  AssessmentClosed,
  assessmentEvents,
  assessmentLife,
  assessmentRelationships,
  AssessmentOpened,
  consent,
  deadlines,
  eha,
  episodeClosing,
  family,
  type Ledger,
} from '@waymark/assessment-domain';
import type { Timed } from '@waymark/deadlines';
import { ownLedger, relationshipsProjection, type ServiceDefinition } from '@waymark/nest';
import { episodeClosed, episodeClosedV2, episodeOpened, planningContracts } from '@waymark/planning-contracts';
import { answers } from './answers.js';
import { AssessmentModule } from './assessment.module.js';
import { assessments } from './assessments/assessments.projection.js';
import { cases } from './replicas/cases.replica.js';
import { relationshipsTold } from './replicas/relationships.replica.js';
import { publish } from './publish.js';

/** Consent, and the Early Help Assessment that rests on it. */
export const assessmentService: ServiceDefinition = {
  name: 'assessment',
  module: AssessmentModule,
  aggregates: [consent, family, eha],
  events: assessmentEvents,
  deadlines,
  consent: ownLedger(consent, ({ subject }: Timed<Ledger>) => subject),
  publishes: { contracts: assessmentContracts, publish },
  projections: [assessments, relationshipsProjection('assessment', [assessmentRelationships])],
  replicas: [cases, relationshipsTold],
  workflows: [
    { workflow: assessmentLife, over: 'own-events', handles: [AssessmentOpened, AssessmentClosed] },
    { workflow: episodeClosing, over: 'contracts', handles: [episodeOpened, episodeClosed, episodeClosedV2], outOf: planningContracts },
  ],
  answers,
};
