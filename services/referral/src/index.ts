export { referralService } from './referral.service.js';
