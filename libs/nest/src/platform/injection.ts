import type { Provider } from '@nestjs/common';
import { AFTER_CLOCK_MOVED } from '../clock/clock.controller.js';
import { CaseLists } from '../access/case-lists.js';
import { CaseRecords } from '../access/case-records.js';
import { AGGREGATES, CLOCK } from '../commands/tokens.js';
import { Guidance } from '../commands/guidance.js';
import { ConsentLedgers } from '../consent/consent-ledgers.js';
import { EVENT_STORE, READ_MODELS } from '../engines/tokens.js';
import { Counting } from '../erasure/counting.js';
import { ErasedCounts } from '../erasure/erased-counts.js';
import { METRICS, READINESS } from '../health/health.controller.js';
import type { Platform } from './platform.js';

export const REACTIONS = Symbol('reactions');
export const CONFIG = Symbol('config');

/** What controllers and handlers may have injected. */
export const platformProviders = (platform: Platform): Provider[] => [
  { provide: AGGREGATES, useValue: platform.aggregates },
  { provide: CLOCK, useValue: platform.clock },
  { provide: CONFIG, useValue: platform.config },
  { provide: READ_MODELS, useValue: platform.engines.readModels },
  { provide: EVENT_STORE, useValue: platform.engines.store },
  { provide: REACTIONS, useValue: platform.reactions },
  { provide: METRICS, useValue: platform.metrics },
  { provide: READINESS, useValue: () => platform.readiness() },
  { provide: AFTER_CLOCK_MOVED, useValue: () => platform.afterClockMoved() },
  { provide: Guidance, useValue: platform.guidance },
  { provide: ConsentLedgers, useValue: platform.consents },
  { provide: Counting, useValue: platform.counting },
  { provide: ErasedCounts, useValue: new ErasedCounts(platform.engines.store) },
  { provide: CaseLists, useValue: platform.caseLists },
  { provide: CaseRecords, useValue: new CaseRecords(platform.engines.store, platform.engines.readModels) },
];
