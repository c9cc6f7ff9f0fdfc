import { runService } from '@waymark/nest';
import { assessmentService } from './assessment.service.js';

await runService(assessmentService);
