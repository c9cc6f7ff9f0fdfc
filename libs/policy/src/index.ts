export * from './bank-holidays.js';
export * from './calendar.js';
export * from './case-authority.js';
export * from './coded-list.js';
export * from './pack.js';
export * from './packs.js';
export * from './rules.js';
export * from './working-time.js';
