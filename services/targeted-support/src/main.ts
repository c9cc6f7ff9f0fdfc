import { runService } from '@waymark/nest';
import { targetedSupportService } from './targeted-support.service.js';

await runService(targetedSupportService);
