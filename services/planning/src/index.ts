export { planningService } from './planning.service.js';
