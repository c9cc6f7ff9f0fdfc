import type { Logger } from 'pino';
import type { Aggregates } from '@waymark/event-store';
import type { Clock } from '@waymark/kernel';
import type { PackSource } from '@waymark/policy';
import type { CaseDirectory } from '../commands/case-directory.js';
import type { Engines } from './engines.js';
import type { ServiceDefinition } from './service-definition.js';

export interface PlatformReactions {
  start(): Promise<void>;
  stop(): Promise<void>;
  waitFor(position: string, timeoutMs: number): Promise<boolean>;
  settled(timeoutMs: number): Promise<boolean>;
  fireDue(): Promise<void>;
  status(): readonly { readonly name: string; readonly running: boolean; readonly lag: number; readonly parked: number }[];
}

interface Parts {
  readonly clock: Clock;
  readonly engines: Engines;
  readonly services: readonly ServiceDefinition[];
  readonly aggregates: Aggregates;
  readonly packs: PackSource;
  readonly cases: CaseDirectory;
  readonly logger: Logger;
}

export declare const reactionsOf: (parts: Parts) => Promise<PlatformReactions>;
