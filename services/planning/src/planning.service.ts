import {
  assessmentAccepted,
  assessmentAcceptedV2,
  assessmentCompleted,
  assessmentCompletedV2,
  assessmentContracts,
  assessmentOpened,
  assessmentUpdated,
  assessmentUpdatedV2,
} from '@waymark/assessment-contracts';
import { relationshipsProjection, type ServiceDefinition } from '@waymark/nest';
import { planningContracts } from '@waymark/planning-contracts';
import {
  caseClosing,
  caseDrift,
  caseOpening,
  episode,
  episodeEvents,
  notes,
  overdueActions,
  plan,
  planEvents,
  planningDeadlines,
  planningEvents,
  planningRelationships,
  taf,
  tafEvents,
} from '@waymark/planning-domain';
import { answers } from './answers.js';
import { cases } from './replicas/cases.replica.js';
import { consents } from './replicas/consents.replica.js';
import { relationshipsTold } from './replicas/relationships.replica.js';
import { episodes } from './episodes/episodes.projection.js';
import { PlanningModule } from './planning.module.js';
import { publish } from './publish.js';

/** Episodes of help: who leads, who meets, what is agreed, and how it ends. */
export const planningService: ServiceDefinition = {
  name: 'planning',
  module: PlanningModule,
  aggregates: [episode, taf, plan, notes],
  events: planningEvents,
  deadlines: planningDeadlines,
  publishes: { contracts: planningContracts, publish },
  projections: [episodes, relationshipsProjection('planning', [planningRelationships])],
  replicas: [cases, consents.replica, relationshipsTold],
  consent: consents.source,
  workflows: [
    {
      workflow: caseOpening,
      over: 'contracts',
      handles: [
        assessmentOpened,
        assessmentCompleted,
        assessmentCompletedV2,
        assessmentAccepted,
        assessmentAcceptedV2,
        assessmentUpdated,
        assessmentUpdatedV2,
      ],
      outOf: assessmentContracts,
    },
    { workflow: caseClosing, over: 'own-events', handles: [episodeEvents.EpisodeClosed, episodeEvents.EpisodeReopened] },
    {
      workflow: caseDrift,
      over: 'own-events',
      handles: [
        tafEvents.ReviewWindowSet,
        tafEvents.MeetingsStoodDown,
        planEvents.ActionAgreed,
        planEvents.ActionCompleted,
        planEvents.ActionEnded,
        planEvents.PlanStoodDown,
        planningDeadlines.DeadlineMissed,
      ],
    },
    { workflow: overdueActions, over: 'own-events', handles: [planEvents.ActionAgreed, planningDeadlines.DeadlineMissed] },
  ],
  answers,
};
