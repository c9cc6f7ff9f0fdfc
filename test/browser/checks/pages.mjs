// Every page, at each width: the title and the one heading, nothing to scroll sideways, and nothing that axe finds.
/* global document, window -- what stands in a page's own functions runs in the browser */
import { none, same, yes } from '../assert.mjs';
import { violationsOf, widths } from '../visit.mjs';

const search = async (page, origin, words) => {
  await page.goto(`${origin}/`);
  await page.getByLabel(/Name or reference/).fill(words);
  await page.getByRole('button', { name: 'Search' }).click();
  await page.waitForFunction(() => document.title.startsWith('Cases found'));
};

/** How to get to each page, and what stands at its top. */
const pages = [
  { name: 'the list of cases', h1: /^Cases$/, title: /^Cases - Waymark$/, go: (page, { origin }) => page.goto(`${origin}/`) },
  {
    name: 'what a search finds',
    h1: /^Cases$/,
    title: /^Cases found - Waymark$/,
    go: (page, { origin }) => search(page, origin, 'sample'),
  },
  {
    name: 'a search that finds nothing',
    h1: /^Cases$/,
    title: /^Cases found - Waymark$/,
    go: (page, { origin }) => search(page, origin, 'nobody'),
  },
  {
    ...{ name: 'a case', h1: /^Case EH-\S+: Amir Haddad$/, title: /^Case EH-\S+ - Waymark$/ },
    go: (page, { origin, cases }) => page.goto(`${origin}/cases/${cases.short}`),
  },
  {
    ...{ name: 'a case with more entries than a page shows', h1: /^Case EH-/, title: /^Case EH-/ },
    go: (page, { origin, cases }) => page.goto(`${origin}/cases/${cases.long}?notes=shown`),
  },
  {
    ...{ name: 'a case whose names mean harm', h1: /^Case EH-.*Mallory/, title: /^Case EH-\S+ - Waymark$/ },
    go: (page, { origin, cases }) => page.goto(`${origin}/cases/${cases.hostile}`),
  },
  {
    ...{ name: 'a case as it was known on a day', h1: /^Case EH-/, title: /^Case EH-/ },
    go: (page, { origin, cases }) => page.goto(`${origin}/cases/${cases.long}?asKnownOn=2026-03-09`),
  },
  {
    ...{ name: 'a page that is not there', h1: /^Not found$/, title: /^Not found - Waymark$/, meets: [/404/] },
    go: (page, { origin }) => page.goto(`${origin}/cases/none`),
  },
  {
    ...{ name: 'the list while a demonstration is loaded', h1: /^Cases$/, title: /^Cases - Waymark$/ },
    go: async (page, { origin, demonstration }) => {
      demonstration.become({ state: 'loading', families: 3, of: 40 });
      await page.goto(`${origin}/`).finally(() => demonstration.become({ state: 'none', families: 0, of: 0 }));
      yes((await page.textContent('main')).includes('3 of 40 families'), 'the page says how far the demonstration is');
    },
  },
  {
    ...{ name: 'the page of the production profile', h1: /^Waymark$/, title: /^No sign-in - Waymark$/ },
    site: 'production',
    go: (page, { production }) => page.goto(`${production}/`),
  },
];

export const pageChecks = pages.flatMap(({ name, h1, title, go, meets = [], site = 'origin' }) =>
  widths.map((width) => ({
    name: `${name}, ${width} px wide: title, heading, no sideways scrolling, and nothing that axe finds`,
    width,
    meets,
    site,
    run: async ({ page }, world) => {
      await go(page, world);
      const headings = await page.locator('h1').allTextContents();
      same(headings.length, 1, 'headings of level 1');
      yes(h1.test(headings[0]), `the heading is ${headings[0]}`);
      yes(title.test(await page.title()), `the title is ${await page.title()}`);
      const [needed, there] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
      yes(needed <= there, `the page needs ${needed} px and has ${there}`);
      none(await violationsOf(page), 'what axe finds');
    },
  })),
);
