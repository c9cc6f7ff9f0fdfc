export * from './key-store.js';
export { memoryKeyStore } from './adapters/memory.js';
export { openFileKeyStore, type FileKeyStoreOptions } from './adapters/file.js';
export { masterKeyFrom } from './adapters/master-key-text.js';
