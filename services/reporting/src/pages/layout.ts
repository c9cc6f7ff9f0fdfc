import type { DemonstrationStatus } from './demonstration.js';
import { markup, Markup } from './markup.js';
import { styles } from './styles.js';

interface Page {
  /** Of this page; the product's name is added. */
  readonly title: string;
  readonly main: Markup;
  /** How the demonstration stands; absent where nothing here knows of one. */
  readonly demonstration: DemonstrationStatus | undefined;
}

/** Follows what was loaded, not what was wished for: a record of somebody's own is never called invented. */
const invented = (status: DemonstrationStatus | undefined): Markup | false =>
  status !== undefined &&
  status.state !== 'none' &&
  markup`<section class="notice" aria-label="About this data">
  <p><strong>Invented data.</strong> This is a demonstration borough: every family, child, professional and organisation in it was made up by a program. Do not enter real people here.</p>
${progress(status)}
</section>`;

const progress = (status: DemonstrationStatus): Markup | false => {
  if (status.state === 'loading')
    return markup`<p>It is being loaded: ${status.families} of ${status.of} families so far. Reload this page to see more; until it is done, the clock runs through the months before today.</p>`;
  return status.state === 'failed' && markup`<p>It is incomplete: ${status.families} of ${status.of} families. The terminal says why.</p>`;
};

/** The frame of every page: one heading level 1 in `main`, landmarks, a way past the header. */
export const layout = ({ title, main, demonstration }: Page): string =>
  markup`<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - Waymark</title>
<style>${new Markup(styles)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to main content</a>
<header><div class="wide"><a href="/">Waymark</a></div></header>
<div class="wide">
<main id="main" tabindex="-1">
${invented(demonstration)}
${main}
</main>
</div>
<footer><div class="wide"><nav aria-label="Technical pages"><ul>
<li><a href="/api">The API, to browse</a></li>
<li><a href="/api/openapi.json">The API as OpenAPI 3.1</a></li>
<li><a href="/health/ready">Health</a></li>
<li><a href="/metrics">Measurements</a></li>
</ul></nav></div></footer>
</body>
</html>
`.text;
