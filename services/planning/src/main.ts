import { runService } from '@waymark/nest';
import { planningService } from './planning.service.js';

await runService(planningService);
