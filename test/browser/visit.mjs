// A visit to the platform by one browser, which takes note of everything that a visitor should never meet.
/* global document, window -- what stands in a page's own functions runs in the browser */
import { AxeBuilder } from '@axe-core/playwright';

export const widths = [1280, 320];

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

/** Whether a request stays on this site. */
const isOwn = (url, origin) => url.startsWith(`${origin}/`) || url.startsWith('data:') || url.startsWith('blob:') || url === 'about:blank';

const watch = async (page, origin) => {
  const troubles = [];
  const requests = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => troubles.push(`script error: ${error.message}`));
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    requests.push(request.url());
    if (!isOwn(request.url(), origin)) troubles.push(`request to another host: ${request.url()}`);
  });
  await page.exposeBinding('waymarkViolation', (_, text) => troubles.push(`content security policy: ${text}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      window.waymarkViolation(`${violatedDirective} ${blockedURI}`),
    );
  });
  return { troubles, requests };
};

/** Opens a browser window of a width. @returns the page, what it met, and what it asked for */
export const visit = async (browser, { origin, width = 1280 }) => {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'en-GB', timezoneId: 'Europe/London' });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  return { page, width, ...(await watch(page, origin)), close: () => context.close() };
};

/** What axe finds against WCAG 2.0 to 2.2, levels A and AA, each as `rule: where`. */
export const violationsOf = async (page) => {
  const { violations } = await new AxeBuilder({ page }).withTags(wcag).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
};
