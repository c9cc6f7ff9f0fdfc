// npm run test:kills                            200 kills on real engines, and the variants without a guard, which have to be caught
// npm run test:kills -- --kills 20 --seed 7     fewer or more kills; the seed makes the moments and the load the same again
// npm run test:kills -- --only kills|broken
import { startEngines, whyNot } from '../distributed/engines.mjs';
import { build, isBuilt } from '../../infra/run/build.mjs';
import { brokerSettings } from './times.mjs';
import { optionsOf, refuseCall } from '../../infra/run/options.mjs';

const { values } = optionsOf({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: '20261125' },
    only: { type: 'string' },
  },
});
const wrong = [values.kills, values.seed].some((text) => !/^\d{1,9}$/.test(text))
  ? '--kills and --seed take whole numbers'
  : ![undefined, 'kills', 'broken'].includes(values.only)
    ? `--only ${values.only}: there are kills and broken`
    : undefined;
if (wrong) refuseCall(wrong);
const say = (line) => process.stdout.write(`${line}\n`);
const missing = await whyNot();
if (missing !== undefined) {
  say(`!!! SKIPPED: kills on real engines: ${missing}`);
  process.exit(77);
}
if (!isBuilt() && !(await build())) process.exit(1);

const { killOften } = await import('./kills.mjs');
const { variants } = await import('./broken.mjs');
const [kills, seed] = [Number(values.kills), Number(values.seed)];
const killsOfAVariant = 6;
const worldsAtATime = 3;
const total = { passed: 0, failed: 0 };
const count = (passed) => (total[passed ? 'passed' : 'failed'] += 1);
const secondsSince = (startedAt) => Math.round((performance.now() - startedAt) / 1000);
const sumOf = (all, what) => all.reduce((sum, { figures }) => sum + figures[what], 0);

/** Waits for all of them also when one fails: the engines must not be stopped under those that still work. */
const everyOne = async (works) => {
  const ended = await Promise.allSettled(works);
  const failed = ended.find(({ status }) => status === 'rejected');
  if (failed) throw failed.reason;
  return ended.map(({ value }) => value);
};

/** Several worlds at a time: while one process starts, the others work. */
const kill = async (engines) => {
  const startedAt = performance.now();
  say(`${kills} kills, seed ${seed}`);
  const shares = Array.from({ length: worldsAtATime }, (_, lane) => Math.floor((kills + lane) / worldsAtATime)).filter(
    (share) => share > 0,
  );
  const log = (lane) => (text) => say(`  ${String(secondsSince(startedAt)).padStart(4)} s  ${'abc'[lane]}: ${text}`);
  const worlds = await everyOne(shares.map((share, lane) => killOften({ engines, kills: share, seed: seed + lane, say: log(lane) })));
  for (const [lane, { results }] of worlds.entries())
    for (const { name, faults } of results) {
      count(faults.length === 0);
      if (faults.length > 0) say([`  FAILED  ${'abc'[lane]}: ${name}`, ...faults.map((fault) => `      ${fault}`)].join('\n'));
    }
  const counts = new Map();
  for (const world of worlds) for (const [name, times] of world.counts) counts.set(name, (counts.get(name) ?? 0) + times);
  for (const [name, times] of counts) say(`${String(times).padStart(6)} ${name}`);
  say(
    `  ${kills} kills in ${secondsSince(startedAt)} s: ${sumOf(worlds, 'acknowledged')} commands acknowledged, ${sumOf(worlds, 'retried')} sent again, ` +
      `${sumOf(worlds, 'refused')} refused; ${sumOf(worlds, 'events')} events, ${sumOf(worlds, 'messages')} messages and ` +
      `${sumOf(worlds, 'repeats')} repeats on the topics, ${sumOf(worlds, 'missed')} deadlines missed; ` +
      `${sumOf(worlds, 'late')} lives did not come to their moment`,
  );
};

/** A test that could not fail would prove nothing: a guard that is missing has to be noticed, by what it is there for. */
const killVariant = async (engines, variant) => {
  const startedAt = performance.now();
  const { lacks, shows } = variants[variant];
  const { results } = await killOften({ engines, kills: killsOfAVariant, seed, variant, say: () => undefined });
  const faults = results.flatMap((result) => result.faults);
  const shown = faults.find((fault) => shows.test(fault));
  count(shown !== undefined);
  say(
    `  ${shown ? 'ok      ' : 'FAILED  '} ${variant} is caught (${secondsSince(startedAt)} s; the guard: ${lacks}): ${shown ?? 'not so'}`,
  );
  if (!shown) for (const fault of faults) say(`      ${fault}`);
};

const killBroken = async (engines) => {
  say('Guards taken out');
  await everyOne(Object.keys(variants).map((variant) => killVariant(engines, variant)));
};

let engines;
try {
  engines = await startEngines({ kafka: brokerSettings });
  if (values.only !== 'broken') await kill(engines);
  if (values.only !== 'kills') await killBroken(engines);
} catch (error) {
  count(false);
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
} finally {
  await engines?.stop();
}
say(`${total.passed} passed, ${total.failed} failed, 0 skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
