// What people do on the pages: by keyboard alone, by form, and with words that mean harm.
/* global document, window, getComputedStyle -- what stands in a page's own functions runs in the browser */
import { serviceNames } from '../../../infra/services.mjs';
import { none, same, yes } from '../assert.mjs';
import { hostileName } from '../cases.mjs';

/** What has the focus, in a few words, and whether it looks different for having it. */
const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    const looks = () => {
      const { outlineStyle, outlineColor, outlineWidth, boxShadow, backgroundColor, position, left } = getComputedStyle(element);
      return [outlineStyle, outlineColor, outlineWidth, boxShadow, backgroundColor, position, left].join(' ');
    };
    const { width, height, top, left } = element.getBoundingClientRect();
    const withFocus = looks();
    element.blur();
    const without = looks();
    element.focus({ preventScroll: true });
    return {
      what: element.id || element.textContent.trim(),
      isVisible: width > 0 && height > 0 && left >= 0 && top >= 0 && top < window.innerHeight,
      showsFocus: withFocus !== without,
    };
  });

/** Presses Tab until something has the focus; every stop on the way has to show that it has it. */
const tabTo = async (page, wanted) => {
  const stops = [];
  while (stops.length < 40) {
    await page.keyboard.press('Tab');
    const { what, isVisible, showsFocus } = await focused(page);
    yes(isVisible && showsFocus, `"${what}" has the focus: on the screen ${isVisible}, shows it ${showsFocus}`);
    stops.push(what);
    if (what === wanted) return stops;
  }
  throw new Error(`"${wanted}" was not reached: ${stops.join(', ')}`);
};

export const useChecks = [
  {
    name: 'by keyboard: the skip link comes first, shows, and leads past the header',
    run: async ({ page }, { origin }) => {
      await page.goto(`${origin}/`);
      same(await tabTo(page, 'Skip to main content'), ['Skip to main content'], 'the first stop');
      await page.keyboard.press('Enter');
      same(await page.evaluate(() => document.activeElement.id), 'main', 'what has the focus then');
      await page.keyboard.press('Tab');
      same((await focused(page)).what, 'search', 'the next stop');
    },
  },
  ...[1280, 320].map((width) => ({
    name: `by keyboard, ${width} px wide: to the search, to what it finds, to its case, each stop in order and visible`,
    width,
    run: async ({ page }, { origin }) => {
      await page.goto(`${origin}/`);
      same(await tabTo(page, 'search'), ['Skip to main content', 'Waymark', 'search'], 'stops on the way to the search');
      await page.keyboard.type('amir');
      same(await tabTo(page, 'Search'), ['authority', 'stage', 'Search'], 'stops of the form');
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => document.title.startsWith('Cases found'));
      same(await page.getByRole('link', { name: 'Amir Haddad' }).count(), 2, 'cases found');
      await tabTo(page, 'Amir Haddad');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: /Amir Haddad/ }).waitFor();
      await tabTo(page, 'asKnownOn');
    },
  })),
  {
    name: 'a search by name puts the name into no address, on the first page or the next',
    run: async ({ page, requests }, { origin }) => {
      await page.goto(`${origin}/`);
      await page.getByLabel(/Name or reference/).fill('sample');
      await page.getByLabel('Authority').selectOption('cambridgeshire');
      await page.getByRole('button', { name: 'Search' }).click();
      await page.getByRole('button', { name: 'Next page' }).click();
      await page.getByText('(continued)').waitFor();
      same(await page.locator('tbody tr').count(), 2, 'cases on the second page');
      same(await page.getByLabel(/Name or reference/).inputValue(), 'sample', 'what the search box says');
      same([...new Set(requests)], [`${origin}/`], 'addresses asked for');
      none(
        await page.evaluate(() => [...document.links].map(({ href }) => href).filter((href) => /sample/i.test(href))),
        'links with the name',
      );
      await page.getByRole('button', { name: 'First page' }).click();
      await page.getByRole('button', { name: 'Next page' }).waitFor();
    },
  },
  {
    name: 'a list without a name has an address, page by page',
    run: async ({ page }, { origin }) => {
      await page.goto(`${origin}/`);
      await page.getByLabel('Authority').selectOption('cambridgeshire');
      await page.getByRole('button', { name: 'Search' }).click();
      await page.waitForURL(`${origin}/?authority=cambridgeshire`);
      await page.getByRole('link', { name: 'Next page' }).click();
      await page.waitForURL(/authority=cambridgeshire&cursor=/);
      same(await page.locator('tbody tr').count(), 2, 'cases on the second page');
    },
  },
  {
    name: 'a case is shown as it was known on a day, and as it is known now again',
    run: async ({ page }, { origin, cases }) => {
      const late = page.getByText('Late entry', { exact: true });
      await page.goto(`${origin}/cases/${cases.short}`);
      same(await late.count(), 1, 'late entries now');
      await page.getByLabel(/As it was known on/).fill('2026-03-15');
      await page.getByRole('button', { name: 'Show' }).click();
      await page.getByText('As it was known at the end of 15 March 2026.').waitFor();
      same(await late.count(), 0, 'late entries as known before they were recorded');
      yes((await page.textContent('main')).includes('made a contact about Amir Haddad'), 'what was known then is shown');
      await page.getByRole('link', { name: 'Show everything recorded since' }).click();
      await page.waitForURL(`${origin}/cases/${cases.short}`);
      same(await late.count(), 1, 'late entries now again');
    },
  },
  {
    name: 'a chronology of more than a hundred entries goes on over pages, and a missed deadline is said in words',
    run: async ({ page }, { origin, cases }) => {
      await page.goto(`${origin}/cases/${cases.long}`);
      await page.getByText('Missed', { exact: true }).waitFor();
      const first = await page.locator('tbody').last().locator('tr').count();
      yes(first > 80, `the first page shows ${first} entries`);
      await page.getByRole('link', { name: 'Next page' }).click();
      await page.getByText('(continued)').waitFor();
      yes((await page.locator('tbody').last().locator('tr').count()) > 10, 'the second page shows the rest');
    },
  },
  {
    name: 'a name that means harm stands there as text and does nothing',
    run: async ({ page }, { origin, cases }) => {
      await page.goto(`${origin}/cases/${cases.hostile}`);
      yes((await page.locator('h1').textContent()).endsWith(hostileName), 'the name is shown as it was given');
      await page.goto(`${origin}/`);
      for (const words of [hostileName.slice(0, 48), 'mallory']) {
        await page.getByLabel(/Name or reference/).fill(words);
        await page.getByRole('button', { name: 'Search' }).click();
        await page.getByText('Show all cases').or(page.getByText('The same search as JSON')).first().waitFor();
      }
      await page.getByRole('link', { name: hostileName }).waitFor();
      same(
        await page.evaluate(() => [window.harmed, document.scripts.length, document.images.length]),
        [undefined, 0, 0],
        'harm, scripts, images',
      );
    },
  },
  {
    name: "the API's page shows its operations, every service among them",
    run: async ({ page }, { origin }) => {
      await page.goto(`${origin}/api`);
      // Of a long description the page draws only what is in sight; what can be scrolled to is asked of the page itself.
      await page.locator('.opblock').first().waitFor({ timeout: 60_000 });
      const [operations, tags] = await page.evaluate(() => {
        const { specSelectors } = window.ui.getSystem();
        return [specSelectors.operations().size, specSelectors.taggedOperations().keySeq().join(' ')];
      });
      yes(operations > 50, 'operations are shown');
      for (const service of serviceNames) yes(tags.includes(service), `the tags name ${service}`);
    },
  },
];
