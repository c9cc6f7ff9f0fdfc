export { reportingService } from './reporting.service.js';
export { DEMONSTRATION, demonstrationStates, type DemonstrationStatus } from './pages/demonstration.js';
