import type { CaseId, Day } from '@waymark/kernel';
import { formatDay } from '@waymark/policy';
import type { OpenDeadline } from '../cases/case-document.js';
import type { CaseView } from '../cases/case-view.js';
import type { Chronology } from '../history/chronology/get-chronology.js';
import type { ChronologyEntry } from '../history/entry.js';
import { markup, type Markup } from './markup.js';
import { table } from './table.js';
import { address, capital, moment, nameOf, ruleOf, tag, whoOf } from './words.js';

interface CasePage {
  readonly caseId: CaseId;
  /** Null while the list has not taken the case in yet. */
  readonly summary: CaseView | null;
  readonly chronology: Chronology;
  /** The day at whose end the case is shown as known. */
  readonly asKnownOn: Day | undefined;
  readonly later: boolean;
  /** Also what processes of the platform noted for themselves. */
  readonly notes: boolean;
}

/** A case: who, where it stands, what is due, and everything that happened. */
export const casePage = (page: CasePage): Markup => {
  const { caseId, summary, asKnownOn } = page;
  return markup`<nav aria-label="Breadcrumb"><ul><li><a href="/">All cases</a></li></ul></nav>
<h1>${headingOf(summary)}</h1>
${
  asKnownOn === undefined
    ? summary &&
      markup`${facts(summary)}
${deadlines(summary.deadlines)}`
    : markup`<p>Its summary and deadlines are shown for <a href="/cases/${caseId}">the case as it is now</a>.</p>`
}
<h2>What happened</h2>
${asKnownForm(page)}
${entries(page)}
<h2>The same for programs</h2>
<ul>
${links.map(([path, words]) => markup`<li><a href="/api/reporting/cases/${caseId}${path}">${words}</a></li>\n`)}</ul>
<p class="hint">The API asks who you are: send the header Waymark-Dev-Identity.</p>`;
};

/** Without a name: a browser keeps titles in its history. */
export const titleOf = (summary: CaseView | null): string => `Case ${summary?.reference ?? 'without a reference'}`;
const headingOf = (summary: CaseView | null): string =>
  summary ? `${titleOf(summary)}: ${nameOf(summary.child?.name)}` : titleOf(summary);

const links: readonly (readonly [string, string])[] = [
  ['/chronology', 'Chronology as JSON'],
  ['/state', 'State of every aggregate as JSON'],
  ['/replay', 'Replay: folded twice from the events, and compared'],
  ['', 'Summary as JSON'],
];

const facts = ({
  stageInWords,
  overdue,
  drifting,
  authority,
  family,
  leadProfessional,
  organisations,
  openedAt,
  lastActivityAt,
}: CaseView): Markup => markup`<dl>
<dt>Stage</dt><dd>${stageInWords} ${overdue && tag('Deadline missed', 'bad')} ${drifting && tag('Drifting', 'warn')}</dd>
<dt>Family</dt><dd>${family.length === 0 ? 'Nobody named' : family.map(({ name, relationship }) => `${nameOf(name)}${typeof relationship === 'string' ? ` (${relationship.replaceAll('-', ' ')})` : ''}`).join(', ')}</dd>
<dt>Lead Professional</dt><dd>${leadProfessional ? `${leadProfessional.user}, ${leadProfessional.organisation}` : 'None yet'}</dd>
<dt>Organisations</dt><dd>${organisations.join(', ') || 'None yet'}</dd>
<dt>Authority</dt><dd>${authority === null ? 'Not known' : capital(authority)}</dd>
<dt>Opened</dt><dd>${moment(openedAt)}</dd>
<dt>Last activity</dt><dd>${moment(lastActivityAt)}</dd>
</dl>`;

const deadlines = (open: readonly OpenDeadline[]): Markup => markup`<h2>Deadlines</h2>
${
  open.length === 0
    ? markup`<p>No deadline is open.</p>`
    : table<OpenDeadline>({
        caption: 'Open deadlines, the earliest first',
        columns: [
          { label: 'What', cell: ({ title, rule }) => markup`${title}${ruleOf(rule)}` },
          { label: 'Due', cell: ({ dueAt }) => moment(dueAt) },
          { label: 'State', cell: ({ missed }) => (missed ? tag('Missed', 'bad') : tag('Open')) },
        ],
        rows: open,
      })
}`;

const asKnownForm = ({ caseId, asKnownOn }: CasePage): Markup => markup`<form method="get" action="/cases/${caseId}">
<div class="field short"><label for="asKnownOn">As it was known on <span class="hint">What was recorded by the end of that day</span></label>
<input id="asKnownOn" name="asKnownOn" type="date" value="${asKnownOn ?? ''}"></div>
<button type="submit">Show</button>
${asKnownOn !== undefined && markup`<p><a href="/cases/${caseId}">Show everything recorded since</a></p>`}
</form>
${asKnownOn !== undefined && markup`<p><strong>As it was known at the end of ${formatDay(asKnownOn)}.</strong> Entries that were recorded later are left out, also where they tell of something earlier.</p>`}`;

const entries = (page: CasePage): Markup => {
  const { chronology, notes } = page;
  if (chronology.items.length === 0) return markup`<p>Nothing had been recorded by then.</p>`;
  const rows = chronology.items.filter(({ byThePlatform }) => notes || !byThePlatform);
  return markup`${range(page)}
${table<ChronologyEntry>({
  caption: `Chronology, in the order in which it was recorded${page.later ? ' (continued)' : ''}`,
  columns: [
    { label: 'Entry', cell: ({ version }) => version },
    { label: 'What happened', cell: whatOf },
    { label: 'Who', cell: ({ who }) => whoOf(who) },
    { label: 'When', cell: whenOf },
    {
      label: 'Policy',
      cell: ({ policy }) => (policy ? markup`${capital(policy.pack)}<span class="sub">${policy.version}</span>` : 'Not readable'),
    },
  ],
  rows,
})}
${platformNotes(page, chronology.items.length - rows.length)}
${pages(page)}`;
};

/** Where there are more entries than a page holds: which these are, and the way on without going past them all. */
const range = (page: CasePage): Markup => {
  const { items, next } = page.chronology;
  if (!page.later && next === undefined) return markup``;
  return markup`<p>Entries ${items[0]?.version} to ${items.at(-1)?.version}. ${next !== undefined && markup`<a href="${pageAt(page, next)}">Later entries</a>`}</p>`;
};

const pageAt = ({ caseId, asKnownOn, notes }: CasePage, cursor?: string): string =>
  address(`/cases/${caseId}`, { asKnownOn, notes: notes ? 'shown' : undefined, cursor });

/** Nothing is left out without saying so. */
const platformNotes = ({ caseId, asKnownOn, notes }: CasePage, leftOut: number): Markup => {
  const here = `/cases/${caseId}`;
  if (notes)
    return markup`<p>Entries that processes of the platform made for themselves are shown. <a href="${address(here, { asKnownOn })}">Leave them out</a>.</p>`;
  if (leftOut === 0) return markup``;
  return markup`<p>${leftOut === 1 ? '1 entry' : `${leftOut} entries`} that processes of the platform made for themselves ${leftOut === 1 ? 'is' : 'are'} left out here. <a href="${address(here, { asKnownOn, notes: 'shown' })}">Show them</a>.</p>`;
};

const pages = (page: CasePage): Markup => {
  const { later } = page;
  const { next } = page.chronology;
  if (!later && next === undefined) return markup``;
  return markup`<nav aria-label="Pages of the chronology"><ul>
${later && markup`<li><a href="${pageAt(page)}">First page</a></li>`}
${next !== undefined && markup`<li><a href="${pageAt(page, next)}" rel="next">Next page</a></li>`}
</ul></nav>`;
};

const whatOf = ({ tells, why, late, erased, readable }: ChronologyEntry): Markup => markup`<div class="tells">${tells}</div>
${why !== null && !tells.includes(why) && markup`<div class="why"><strong>Why:</strong> ${why}</div>`}
${late && tag('Late entry', 'warn')} ${erased && tag('Partly erased')} ${!readable && tag('Cannot be read here', 'bad')}`;

const whenOf = ({ occurredAt, recordedAt, late }: ChronologyEntry): Markup =>
  occurredAt
    ? markup`${moment(occurredAt)}${late && markup`<span class="sub">Recorded ${moment(recordedAt)}</span>`}`
    : markup`Not readable<span class="sub">Recorded ${moment(recordedAt)}</span>`;
