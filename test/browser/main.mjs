// npm run test:browser                    the pages in a real browser: accessible, usable by keyboard, quiet, and safe
// npm run test:browser -- --only keyboard  those whose name has the word
// npm run test:browser -- --no-build       on what is built already
// Ends with "N passed, N failed, N skipped"; exits with 77, the mark of a skipped suite, where there is no Chromium.
import { build, isBuilt } from '../../infra/run/build.mjs';
import { none } from './assert.mjs';
import { findChromium, launch } from './chromium.mjs';
import { controlChecks } from './checks/controls.mjs';
import { pageChecks } from './checks/pages.mjs';
import { useChecks } from './checks/use.mjs';
import { serveFixtures } from './fixtures.mjs';
import { visit } from './visit.mjs';
import { optionsOf } from '../../infra/run/options.mjs';

const { values } = optionsOf({ options: { only: { type: 'string', default: '' }, 'no-build': { type: 'boolean', default: false } } });
const checks = [...controlChecks, ...pageChecks, ...useChecks].filter(({ name }) => name.includes(values.only));
const closing = (passed, failed, skipped) => console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);

/** One check in a window of its own, which must have met nothing but what the check expects. */
const runCheck = async ({ width, meets = [], site = 'origin', run }, browser, world) => {
  const window = await visit(browser, { origin: world[site], width });
  try {
    await run(window, world);
    none(
      window.troubles.filter((trouble) => !meets.some((expected) => expected.test(trouble))),
      'what a visitor should not meet',
    );
  } finally {
    await window.close();
  }
};

const runAll = async (browser, world) => {
  let failed = 0;
  for (const check of checks) {
    try {
      await runCheck(check, browser, world);
      console.log(`ok      ${check.name}`);
    } catch (error) {
      failed += 1;
      console.log(`not ok  ${check.name}\n        ${error.message.split('\n').join('\n        ')}`);
    }
  }
  return failed;
};

const main = async () => {
  const executable = findChromium();
  if (!executable) {
    console.log('!!! SKIPPED: no Chromium on this machine (apt-get install chromium). NOT ONE PAGE WAS LOOKED AT.');
    closing(0, 0, checks.length);
    return 77;
  }
  if (!values['no-build'] && !isBuilt() && !(await build())) return 1;
  const { startPlatform } = await import('./platform.mjs');
  const { tellCases } = await import('./cases.mjs');
  const stops = [];
  const opened = async (what, stop) => {
    const thing = await what;
    stops.unshift(() => stop(thing));
    return thing;
  };
  try {
    const platform = await opened(startPlatform(), (it) => it.stop());
    const production = await opened(startPlatform('production'), (it) => it.stop());
    const fixtures = await opened(serveFixtures(), (it) => it.stop());
    console.log('Telling the cases that the pages show …');
    const cases = await tellCases(platform.client);
    const browser = await opened(launch(executable), (it) => it.close());
    console.log(`Chromium ${browser.version()}, ${checks.length} checks`);
    const world = {
      origin: platform.address,
      production: production.address,
      fixtures: fixtures.address,
      demonstration: platform.demonstration,
      cases,
    };
    const failed = await runAll(browser, world);
    closing(checks.length - failed, failed, 0);
    return failed > 0 || checks.length === 0 ? 1 : 0;
  } finally {
    for (const stop of stops) await stop();
  }
};

process.exitCode = await main();
