import { runService } from '@waymark/nest';
import { referralService } from './referral.service.js';

await runService(referralService);
