import { eventLogSuite } from '../conformance/event-log.suite.js';
import { memoryEventLog } from './memory.js';

eventLogSuite('memory', () => ({ open: async (clock) => memoryEventLog({ clock }) }), { durable: false });
