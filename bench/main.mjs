// npm run bench                       every figure, seven rounds
// npm run bench -- --only load-30     one or several, by id and commas
// npm run bench -- --json FILE        the figures as JSON too
// npm run bench -- --rounds 11        more rounds; fewer than 7 do not count
// npm run bench -- --quick            runs everything once, small: shows that it works, measures nothing
// npm run bench -- --engines           the figures that need an engine beside Node; one that cannot be had is skipped, by name
import { writeFileSync } from 'node:fs';
import { build, isBuilt } from '../infra/run/build.mjs';
import { optionsOf, refuseCall } from '../infra/run/options.mjs';

const { values } = optionsOf({
  options: {
    json: { type: 'string' },
    only: { type: 'string' },
    rounds: { type: 'string', default: '7' },
    quick: { type: 'boolean', default: false },
    engines: { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
  },
});
const { quick } = values;
const rounds = quick ? 1 : Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1)
  refuseCall(`--rounds ${values.rounds}: want a whole number of 1 or more; 7 or more for figures that count`);
if (!values['no-build'] && !isBuilt() && !(await build({ log: console.error }))) process.exit(1);

const { benches } = await import(values.engines ? './engine-benches.mjs' : './benches.mjs');
const { machine } = await import('./machine.mjs');
const { heading, table } = await import('./report.mjs');
const { endAll, ends } = await import('./ending.mjs');

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
])
  process.once(signal, () => {
    console.error(`\n${signal}: ends what it started …`);
    void endAll().finally(() => process.exit(code));
  });

const ids = values.only?.split(',');
const stranger = ids?.find((id) => !benches.some((bench) => bench.id === id));
if (stranger !== undefined) refuseCall(`--only ${stranger}: there is no such figure; there are ${benches.map(({ id }) => id).join(', ')}`);

const where = machine();
console.error(heading(where));
const results = [];
const engines = new Set();
for (const { id, unit, target, limit, what, note, find, run } of benches.filter((bench) => !ids || ids.includes(bench.id))) {
  console.error(`\n${id}: ${what}${note ? `\n  ${note}` : ''}`);
  const about = { id, unit, target, ...(limit === undefined ? {} : { limit }), what, ...(note ? { note } : {}) };
  try {
    const engine = await find?.();
    // Some figures share an engine.
    if (engine?.stop && !engines.has(engine)) ends(Promise.resolve(engine), () => engine.stop());
    engines.add(engine);
    if (engine?.absent) {
      console.error(`  !!! SKIPPED: ${engine.absent}`);
      results.push({ ...about, skipped: engine.absent });
      continue;
    }
    const figures = await run({ rounds, quick, engine, progress: (text) => console.error(`  ${text}`) });
    results.push({ ...about, ...(engine ? { engine: engine.version } : {}), ...figures });
  } catch (error) {
    console.error(`  FAILED: ${error.stack}`);
    results.push({ ...about, failed: error.message, skipped: `failed: ${error.message.split('\n')[0]}` });
  }
}

await endAll();

console.log(`${heading(where)}\n\n${table(results, !quick)}\n`);
if (quick) console.log('Run once and small with --quick: this shows that the bench works. It is no measurement.');
else if (rounds < 7) console.log(`${rounds} rounds are too few: take these as hints, not as figures.`);
if (values.json)
  writeFileSync(values.json, `${JSON.stringify({ measurement: !quick && rounds >= 7, machine: where, figures: results }, null, 2)}\n`);
const failed = results.filter((result) => result.failed !== undefined).length;
const skipped = results.filter((result) => result.skipped !== undefined).length - failed;
console.log(`${results.length - failed - skipped} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 ? 1 : 0;
