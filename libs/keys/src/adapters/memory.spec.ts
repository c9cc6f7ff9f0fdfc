import { randomBytes } from 'node:crypto';
import { keyStoreSuite } from '../conformance/key-store.suite.js';
import { memoryKeyStore } from './memory.js';

keyStoreSuite('memory', () => ({ open: async () => memoryKeyStore(randomBytes) }), { durable: false });
