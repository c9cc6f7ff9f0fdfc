export { targetedSupportService } from './targeted-support.service.js';
