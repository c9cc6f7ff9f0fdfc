// The negative controls: each thing that the suite looks for is found where it is.
/* global document, window -- what stands in a page's own functions runs in the browser */
import { yes } from '../assert.mjs';
import { violationsOf } from '../visit.mjs';

const expected = ['image-alt', 'label', 'link-name', 'button-name', 'html-has-lang', 'document-title', 'color-contrast'];

export const controlChecks = [
  {
    name: 'control: axe finds what is wrong with a page that is wrong on purpose',
    meets: [/.*/],
    run: async ({ page }, { fixtures }) => {
      await page.goto(fixtures);
      const found = await violationsOf(page);
      for (const rule of expected)
        yes(
          found.some((line) => line.startsWith(`${rule}:`)),
          `axe found no ${rule} in ${found.join('; ')}`,
        );
    },
  },
  {
    name: 'control: a script error, a blocked file, another host and sideways scrolling are noticed',
    meets: [/.*/],
    run: async ({ page, troubles }, { fixtures }) => {
      await page.goto(fixtures, { waitUntil: 'networkidle' });
      for (const kind of [
        'script error: a fault',
        'content security policy: style-src',
        'request to another host: http://localhost:1/',
        'console error',
      ])
        yes(
          troubles.some((trouble) => trouble.startsWith(kind)),
          `"${kind}" was not noticed in ${troubles.join('; ')}`,
        );
      yes(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth), 'the page is wider than the window');
    },
  },
];
