// npm run test:crash                              200 kills, the fault scenarios, and the two broken variants that have to be caught
// npm run test:crash -- --kills 20 --seed 7       fewer or more kills; the seed makes the moments and the load the same again
// npm run test:crash -- --only kills|faults|broken
// npm run test:crash -- --broken ack-before-commit|checkpoint-first   kills a broken variant: has to fail
import { build, isBuilt } from '../../infra/run/build.mjs';
import { optionsOf, refuseCall } from '../../infra/run/options.mjs';

const { values } = optionsOf({
  options: {
    kills: { type: 'string' },
    seed: { type: 'string', default: '20261124' },
    only: { type: 'string' },
    broken: { type: 'string' },
    day: { type: 'string' },
    'no-build': { type: 'boolean', default: false },
  },
});
const variants = ['ack-before-commit', 'checkpoint-first'];
const parts = ['kills', 'faults', 'broken'];
const wrong =
  values.broken !== undefined && !variants.includes(values.broken)
    ? `--broken ${values.broken}: there are ${variants.join(' and ')}`
    : values.only !== undefined && !parts.includes(values.only)
      ? `--only ${values.only}: there are ${parts.join(', ')}`
      : [values.kills ?? '1', values.seed].some((text) => !/^\d{1,9}$/.test(text))
        ? '--kills and --seed take whole numbers'
        : undefined;
if (wrong) refuseCall(wrong);
if (!values['no-build'] && !isBuilt() && !(await build())) process.exit(1);

const { killOften } = await import('./kills.mjs');
const { faultScenarios } = await import('./faults.mjs');
const seed = Number(values.seed);
const log = (text) => console.log(text);
const total = { passed: 0, failed: 0, skipped: 0 };
const add = ({ passed = 0, failed = 0, skipped = 0 }) => {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
};
const tell = (faults) => faults.forEach((fault) => log(`  FAILED ${fault}`));

/** Two data folders at a time: while one process starts, the other works. */
const kill = async () => {
  const kills = Number(values.kills ?? 200);
  log(`${kills} kills, seed ${seed}`);
  const startedAt = performance.now();
  const halves = [Math.ceil(kills / 2), Math.floor(kills / 2)].filter((count) => count > 0);
  const results = await Promise.all(halves.map((count, lane) => killOften({ kills: count, seed: seed + lane, log })));
  for (const result of results) {
    tell(result.faults);
    add(result);
  }
  log(`  ${kills} kills took ${Math.round((performance.now() - startedAt) / 1000)} s`);
};

/** A test that could not fail would prove nothing: what is broken on purpose has to be caught. */
const killVariant = async (variant) => {
  const { failed, faults } = await killOften({ kills: 36, seed: seed + 1, every: 6, variant, log: () => undefined });
  const caught = failed > 0 && !faults.some((fault) => fault.startsWith('the run ended'));
  log(`  ${caught ? 'ok      ' : 'FAILED  '} the variant ${variant} is caught${faults[0] ? `: ${faults[0].split('\n')[0]}` : ''}`);
  if (!caught) tell(faults);
  add(caught ? { passed: 1 } : { failed: 1 });
};

const killBroken = () => Promise.all(variants.map(killVariant));

if (values.broken) {
  const { faults, ...counts } = await killOften({ kills: Number(values.kills ?? 12), seed, every: 6, variant: values.broken, log });
  tell(faults);
  add(counts);
} else {
  if (!values.only || values.only === 'kills') await kill();
  if (!values.only || values.only === 'faults') {
    log('Fault scenarios');
    add(await faultScenarios({ log, ...(values.day ? { only: new RegExp(values.day) } : {}) }));
  }
  if (!values.only || values.only === 'broken') {
    log('Broken on purpose');
    await killBroken();
  }
}
log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
