import { readModelSuite } from '../conformance/read-model.suite.js';
import { MemoryReadModelStore } from './memory.js';

readModelSuite('memory', async () => ({ open: async () => new MemoryReadModelStore(), cleanUp: async () => {} }));
