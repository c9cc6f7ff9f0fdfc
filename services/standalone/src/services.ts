import { assessmentService } from '@waymark/assessment-service';
import type { ServiceDefinition } from '@waymark/nest';
import { planningService } from '@waymark/planning-service';
import { referralService } from '@waymark/referral-service';
import { reportingService } from '@waymark/reporting-service';
import { targetedSupportService } from '@waymark/targeted-support-service';

/** The whole product, in one process. */
export const services: readonly ServiceDefinition[] = [
  referralService,
  assessmentService,
  planningService,
  targetedSupportService,
  reportingService,
];
