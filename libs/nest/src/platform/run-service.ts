import { realSleep } from '@waymark/async';
import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { sealedBy } from '@waymark/event-store';
import { pino } from 'pino';
import { readConfig, type Config } from '../config/config.js';
import { openEngines } from '../engines/open-engines.js';
import { Opening } from '../engines/opening.js';
import { Front } from './front.js';
import { createHttpApp } from './http-app.js';
import { clockOf, composePlatform, vocabularyOf, type Platform } from './platform.js';
import type { ServiceDefinition } from './service-definition.js';

export interface Running {
  readonly platform: Platform;
  readonly app: NestFastifyApplication;
  /** `http://127.0.0.1:3000`. */
  readonly address: string;
  stop(): Promise<void>;
}

interface Options {
  readonly title: string;
  /** Names the process to the engines it shares with others: `referral`. */
  readonly name?: string;
  readonly config: Config;
  readonly services: readonly ServiceDefinition[];
  /** Called with each step of the start. */
  readonly progress: (step: string) => void;
}

/** Listens, opens the engines, starts the reactions, serves. What was opened is closed again when a later step fails. */
export const startServices = async ({ title, name = 'standalone', config, services, progress }: Options): Promise<Running> => {
  const clock = clockOf(config);
  const logger = pino({ level: config.logLevel, base: null });
  const front = new Front();
  const say = (step: string, doing: string): void => {
    progress(step);
    front.say(doing);
  };
  /** What there is to close, the last opened first. */
  const closings: (() => Promise<void>)[] = [];
  const stop = async () => {
    await front.close();
    for (let close = closings.pop(); close; close = closings.pop()) await close();
  };
  try {
    await front.listen(config.port, config.host);
    say(`Opening the record${config.store.engine === 'sqlite' ? ` in ${config.dataFolder}` : ''}`, 'opening the record');
    const waiting = (engine: string, why: string) => say(`Waiting for ${engine}: ${why}`, `waiting for ${engine}`);
    const trouble = (engine: string, what: string) => logger.warn({ engine, what }, 'an engine is in trouble');
    const opened = (doing: string) => say(doing, 'opening the record');
    const engines = await openEngines({
      ...{ name, config, vocabulary: vocabularyOf(services), clock },
      ...{ progress: opened, waiting, trouble },
    });
    closings.push(() => engines.close());
    if (sealedBy !== 'libsodium') logger.warn({ sealedBy }, 'libsodium cannot be loaded here, so that sealing takes longer');
    const platform = await composePlatform({ config, clock, engines, services, logger });
    const app = await createHttpApp(platform, title, front);
    closings.push(() => app.close());
    say('Catching up the lists', 'catching up the lists');
    closings.push(() => platform.reactions.stop());
    // What is declared and read before they run may find an engine away for a moment; starting again does what was left.
    await new Opening({ waiting, sleep: (ms) => realSleep(ms) }).persistently('the engines', () => platform.reactions.start());
    await catchUp(platform, progress);
    front.open();
    return { platform, app, address: front.address, stop };
  } catch (error) {
    // A reaction left running would keep the process alive with nothing to serve.
    await stop().catch(() => undefined);
    throw error;
  }
};

const betweenReportsMs = 2_000;

/** Waits until the read models have caught up with the event log, reporting progress; a parked case does not hold it up. */
const catchUp = async ({ reactions, engines }: Platform, progress: (step: string) => void): Promise<void> => {
  const head = await engines.store.head();
  while (!(await reactions.waitFor(head, betweenReportsMs))) {
    const behind = reactions.status().filter(({ caughtUp }) => !caughtUp);
    progress(`Catching up the lists: ${behind.length} to go (${behind.map(({ name }) => name).join(', ')})`);
    if (behind.some(({ retrying }) => retrying)) return;
  }
};

/** Errors whose message says what the operator has to do; everything else is a fault of the program. */
const forOperators = new Set([
  'ConfigurationError',
  'StoreUnusable',
  'StoreUnavailable',
  'KeysUnusable',
  'KeysUnavailable',
  'ReadModelUnusable',
  'ReadModelUnavailable',
  'BusUnusable',
  'BusUnavailable',
  'WrongComposition',
]);

const explain = (error: unknown, { host, port }: Partial<Config>): string => {
  if (!(error instanceof Error)) return 'Waymark cannot start.';
  if (forOperators.has(error.name)) return `Waymark cannot start.\n${error.message}`;
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE')
    return `Waymark cannot start.\nPORT: ${String(host)}:${String(port)} is in use by another program; set PORT to a free one.`;
  return `Waymark cannot start, and the reason is a fault in the program (${error.name}).\n${error.stack ?? ''}`;
};

const endsWithinMs = 5_000;
const stopsWithinMs = 25_000;

/** Runs services as a process: reads the configuration, starts, and stops on SIGTERM and SIGINT. Resolves once it listens; undefined when it could not start. */
export const runServices = async (
  title: string,
  services: readonly ServiceDefinition[],
  { name, progress = (step) => process.stdout.write(`${step} …\n`) }: Partial<Pick<Options, 'name' | 'progress'>> = {},
): Promise<Running | undefined> => {
  let config: Config | undefined;
  // Whatever is written is for this user alone.
  process.umask(0o077);
  try {
    config = readConfig(process.env, process.cwd());
    const running = await startServices({ title, ...(name ? { name } : {}), config, services, progress });
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.once(signal, () => {
        // An engine that does not let go must not keep the process either; what was acknowledged is on disk.
        setTimeout(() => {
          process.stderr.write(`Waymark did not come to an end within ${stopsWithinMs / 1000} s and was broken off.\n`);
          process.exit(1);
        }, stopsWithinMs).unref();
        void running.stop().then(() => process.exit(0));
      });
    return running;
  } catch (error) {
    process.stderr.write(`${explain(error, config ?? {})}\n`);
    process.exitCode = 1;
    // Whatever an engine's client has left open must not keep a process alive that cannot serve: whoever starts it would not start it again.
    setTimeout(() => process.exit(1), endsWithinMs).unref();
    return undefined;
  }
};

/** Runs one service alone. */
export const runService = async (service: ServiceDefinition): Promise<void> => {
  const running = await runServices(`Waymark ${service.name}`, [service], { name: service.name });
  if (running) process.stdout.write(`${service.name} listens on ${running.address}; its API is described at ${running.address}/api\n`);
};
