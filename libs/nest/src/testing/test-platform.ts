import 'reflect-metadata';
import { resolve } from 'node:path';
import { instant, type AnyContract, type CaseId, type Role, type Uuid } from '@waymark/kernel';
import { serviceOf, sourceOf } from '@waymark/messaging';
import type { PackSource } from '@waymark/policy';
import { pino, type Logger } from 'pino';
import { AdjustableClock } from '../clock/adjustable-clock.js';
import { CausalClock } from '../clock/causal-clock.js';
import { CommandRunner } from '../commands/command-runner.js';
import type { Config } from '../config/config.js';
import { embedded } from '../config/engine-settings.js';
import { memoryEngines, type Engines, type Vocabulary } from '../engines/engines.js';
import { createHttpApp } from '../platform/http-app.js';
import { clockOf, composePlatform, vocabularyOf, type Platform } from '../platform/platform.js';
import type { ServiceDefinition } from '../platform/service-definition.js';
import { systemIds } from '../platform/system-ids.js';

/** An HTTP answer as a test sees it. */
export interface Answer {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test looks into whatever came back
  readonly body: any;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Caller {
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>> & { readonly ifMatch?: string }): Promise<Answer>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

export interface TestPlatform {
  readonly platform: Platform;
  /** As a verb has it injected. */
  readonly runner: CommandRunner;
  /** Whoever calls, in the words of the development identity. */
  as(user: string, role: Role, organisation: string, purpose?: string): Caller;
  raw(request: {
    method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH' | 'OPTIONS' | 'QUERY';
    url: string;
    headers?: Record<string, string>;
    payload?: string | object | Buffer;
  }): Promise<Answer>;
  setClock(to: string): Promise<void>;
  settled(): Promise<void>;
  /** Puts a message of a service that is not started here on the bus. Returns the position that its event would have in the log. */
  publish(contract: AnyContract, caseId: CaseId, data: object): Promise<number>;
  /** The same for an event that is there already: in another version, or once more. */
  publishAgain(contract: AnyContract, caseId: CaseId, data: object, at: number): Promise<number>;
  stop(): Promise<void>;
}

interface Options {
  /** The clock runs on from here. */
  readonly now: string;
  readonly config?: Partial<Config>;
  /** Default: pino at the configured level. */
  readonly logger?: Logger;
  /** Default: everything in memory. */
  readonly engines?: (vocabulary: Vocabulary, clock: AdjustableClock) => Engines | Promise<Engines>;
  /** Default: the shipped ones. */
  readonly packs?: PackSource;
  /** Contracts of services that are not started, so that `publish` may send them. */
  readonly contracts?: readonly AnyContract[];
}

/** Starts services in this process on the memory engines, driven over HTTP alone. */
export const testPlatform = async (
  services: readonly ServiceDefinition[],
  { now, config, logger, engines, contracts = [], packs }: Options,
): Promise<TestPlatform> => {
  const clock = new AdjustableClock();
  clock.set(instant(now));
  const own = vocabularyOf(services);
  const vocabulary = { ...own, contracts: [...own.contracts, ...contracts] };
  const made = (await engines?.(vocabulary, clock)) ?? memoryEngines(vocabulary, clock);
  const settings: Config = {
    profile: 'development',
    dataFolder: resolve('data'),
    keysFolder: resolve('data/keys'),
    host: '127.0.0.1',
    port: 0,
    logLevel: 'silent',
    demo: false,
    ...embedded,
    ...config,
  };
  const platform = await composePlatform({
    config: settings,
    // The production profile has the clock that it is started with, which nobody can set.
    clock: settings.profile === 'development' ? new CausalClock(clock) : clockOf(settings),
    engines: made,
    services,
    logger: logger ?? pino({ level: settings.logLevel }),
    ...(packs ? { packs } : {}),
  });
  const app = await started(platform).catch(async (error: unknown) => {
    await made.close();
    throw error;
  });

  const raw: TestPlatform['raw'] = async (request) => {
    const answer = await app.inject(request as never);
    const text = answer.body;
    const json = String(answer.headers['content-type'] ?? '').includes('json');
    return {
      status: answer.statusCode,
      body: json && text !== '' ? (JSON.parse(text) as unknown) : text,
      headers: answer.headers as Record<string, string>,
    };
  };
  let published = 0;
  const publish = async (contract: AnyContract, caseId: CaseId, data: object, at: number): Promise<number> => {
    const id = systemIds.next() as Uuid;
    const source = sourceOf(serviceOf(String(contract.topic)));
    await made.bus.publish(String(contract.topic), [
      {
        id,
        type: String(contract.type),
        source,
        time: clock.now(),
        key: caseId,
        position: String(at).padStart(16, '0'),
        correlationId: id,
        data,
      },
    ]);
    return at;
  };
  return {
    platform,
    runner: app.get(CommandRunner),
    raw,
    as: (user, role, organisation, purpose) => {
      const identity = {
        'waymark-dev-identity': `user=${user}; role=${role}; organisation=${organisation}${purpose ? `; purpose=${purpose}` : ''}`,
      };
      return {
        get: (url, headers = {}) => raw({ method: 'GET', url, headers: { ...identity, ...headers } }),
        post: (url, payload, { ifMatch = '*', ...headers } = {}) =>
          raw({ method: 'POST', url, headers: { ...identity, 'if-match': ifMatch, ...headers }, payload: payload as object }),
      };
    },
    setClock: async (to) => {
      clock.set(instant(to));
      await platform.afterClockMoved();
    },
    settled: async () => {
      if (!(await platform.reactions.settled(15_000))) throw new Error('the reactions did not settle within 15 s');
    },
    publish: (contract, caseId, data) => publish(contract, caseId, data, ++published),
    publishAgain: publish,
    stop: async () => {
      await app.close();
      await platform.reactions.stop();
      await made.close();
    },
  };
};

const started = async (platform: Platform) => {
  const app = await createHttpApp(platform, 'Waymark under test');
  await platform.reactions.start();
  return app;
};
