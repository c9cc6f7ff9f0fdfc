import { markup, Markup } from './markup.js';
import { styles } from './styles.js';

interface Page {
  /** Of this page; the product's name is added. */
  readonly title: string;
  readonly main: Markup;
  /** The data is invented. */
  readonly demonstration: boolean;
}

const invented = markup`<section class="notice" aria-label="About this data">
  <p><strong>Invented data.</strong> This is a demonstration borough: every family, child, professional and organisation in it was made up by a program. Do not enter real people here.</p>
</section>`;

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
${demonstration && invented}
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
