import { runService } from '@waymark/nest';
import { reportingService } from './reporting.service.js';

await runService(reportingService);
