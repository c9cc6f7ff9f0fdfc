import { leasesSuite } from '../conformance/leases.suite.js';
import { aloneLeases } from './alone.js';

leasesSuite('one process', async () => ({ open: async () => aloneLeases(), cleanUp: async () => undefined }));
