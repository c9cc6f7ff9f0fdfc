// The process under test: services of the product and the probe on the engines that the environment names, with a trap that kills it. It loads its
// code, which takes the longest of a start and touches no engine, and begins to live when it is told how:
//   {"prefix": "…", "moment": {…}, "armed": "at once" | "when serving", "variant": "…"}
import 'reflect-metadata';
import { flushCompileCache } from 'node:module';
import { text } from 'node:stream/consumers';
import { clockOf, composePlatform, createHttpApp, openEngines, readConfig, vocabularyOf } from '@waymark/nest';
import { pino } from 'pino';
import { variants } from './broken.mjs';
import { withProbe } from './services.mjs';
import { leaseMs, sessionTimeoutMs } from './times.mjs';
import { instead, trapFor } from './trap.mjs';

// Who is killed keeps nothing by itself.
flushCompileCache();
const told = await text(process.stdin);
// Nobody needs it any more.
if (told === '') process.exit(0);
const { prefix, moment, armed, variant } = JSON.parse(told);

/** A lease of the process that was killed is over when the next one looks. */
const soonOver = (leases) => instead(leases, { take: (name, holder) => leases.take(name, holder, leaseMs) });

const read = readConfig(process.env, process.cwd());
const config = { ...read, bus: { ...read.bus, prefix, sessionTimeoutMs } };
const clock = clockOf(config);
const logger = pino({ level: config.logLevel, base: null });
const opened = await openEngines({
  ...{ name: 'kills', config, clock, vocabulary: vocabularyOf(withProbe) },
  waiting: (engine, why) => process.stderr.write(`waiting for ${engine}: ${why}\n`),
  trouble: (engine, what) => logger.warn({ engine, what }, 'an engine is in trouble'),
});
const trap = trapFor(moment);
const trapped = trap.in({ ...opened, leases: soonOver(opened.leases) });
const engines = variant ? variants[variant].around(trapped) : trapped;
const platform = await composePlatform({ config, clock, engines, services: withProbe, logger });
const app = await createHttpApp(platform, 'Waymark on real engines, to be killed');
if (armed === 'at once') trap.arm();
await platform.reactions.start();
await app.listen(config.port, config.host);
process.once('SIGTERM', () => {
  void (async () => {
    await platform.reactions.stop();
    await app.close();
    await opened.close();
    process.exit(0);
  })();
});
process.stdout.write(`listens on ${await app.getUrl()}\n`);
trap.arm();
