import type { ProblemDocument } from '@waymark/nest';
import { markup, type Markup } from './markup.js';

/** An answer that is not the page asked for. */
export const problemPage = ({ title, detail }: Pick<ProblemDocument, 'title' | 'detail'>): Markup => markup`<h1>${title}</h1>
<p>${detail}</p>
<p><a href="/">Go to the list of cases</a></p>`;

/** The production profile has no page that shows anything: nobody can sign in yet. */
export const noSignInPage = (): Markup => markup`<h1>Waymark</h1>
<p>Waymark runs. Signing in is not part of this release, so this page shows nothing about any family, and the API lets nobody in.</p>
<p>To look at an invented demonstration borough, run it in the development profile on a machine of your own: see the README.</p>`;
