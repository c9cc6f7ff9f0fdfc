import { authorities } from '@waymark/policy';
import type { CaseList, CaseView } from '../cases/case-view.js';
import { stages, stageWords } from '../cases/stage.js';
import { markup, type Markup } from './markup.js';
import { table } from './table.js';
import { address, capital, moment, nameOf, tag } from './words.js';

/** What the form asks for; empty where it says nothing. */
export interface Filters {
  readonly search: string;
  readonly authority: string;
  readonly stage: string;
}

/** The list of cases with its search, as the main part of a page. */
export const caseListPage = (list: CaseList, filters: Filters, later: boolean): Markup => markup`<h1>Cases</h1>
${searchForm(filters)}
${list.items.length === 0 ? nothing(filters) : cases(list, filters, later)}
${asJson(filters)}`;

/** A search has no address: the API takes it as a body. */
const asJson = ({ search, authority, stage }: Filters): Markup =>
  search === ''
    ? markup`<p><a href="${address('/api/reporting/cases', { authority, stage })}">This list as JSON</a> <span class="hint">(the API asks who you are: send the header Waymark-Dev-Identity)</span></p>`
    : markup`<p>The same search as JSON: <code>POST /api/reporting/cases/search</code>, described with <a href="/api">the API</a>.</p>`;

const searchForm = ({
  search,
  authority,
  stage,
}: Filters): Markup => markup`<form method="post" action="/" role="search" aria-label="Cases">
<div class="field"><label for="search">Name or reference <span class="hint">Beginnings of words will do</span></label>
<input id="search" name="search" type="search" maxlength="100" autocomplete="off" value="${search}"></div>
<div class="field"><label for="authority">Authority</label>
<select id="authority" name="authority">${options(
  'All authorities',
  authority,
  authorities.map((code) => [code, capital(code)]),
)}</select></div>
<div class="field"><label for="stage">Stage</label>
<select id="stage" name="stage">${options(
  'All stages',
  stage,
  stages.map((code) => [code, stageWords[code]]),
)}</select></div>
<button type="submit">Search</button>
</form>`;

const options = (all: string, chosen: string, codes: readonly (readonly [string, string])[]): Markup[] =>
  [['', all] as const, ...codes].map(
    ([code, words]) => markup`<option value="${code}"${code === chosen && markup` selected`}>${words}</option>`,
  );

const isFiltered = ({ search, authority, stage }: Filters): boolean => [search, authority, stage].some((text) => text !== '');

const nothing = (filters: Filters): Markup =>
  isFiltered(filters)
    ? markup`<p>No case fits. <a href="/">Show all cases</a>.</p>`
    : markup`<p>There are no cases yet. A case begins with a contact: see <a href="/api">the API</a>.</p>`;

const cases = ({ items, next }: CaseList, filters: Filters, later: boolean): Markup => markup`${table<CaseView>({
  caption: `Cases, the most recently active first${later ? ' (continued)' : ''}`,
  columns: [
    { label: 'Child', cell: childOf },
    {
      label: 'Stage',
      cell: ({ stageInWords, overdue, drifting }) =>
        markup`${stageInWords} ${overdue && tag('Deadline missed', 'bad')} ${drifting && tag('Drifting', 'warn')}`,
    },
    { label: 'Family', cell: ({ family }) => (family.length === 0 ? 'Nobody named' : family.map(({ name }) => nameOf(name)).join(', ')) },
    { label: 'Authority', cell: ({ authority }) => (authority === null ? 'Not known' : capital(authority)) },
    { label: 'Last activity', cell: ({ lastActivityAt }) => moment(lastActivityAt) },
    { label: 'Next deadline', cell: nextDeadline },
  ],
  rows: items,
})}
${
  (later || next !== undefined) &&
  markup`<nav aria-label="Pages of the list"><ul>
${later && markup`<li>${pageOf('First page', filters)}</li>`}
${next !== undefined && markup`<li>${pageOf('Next page', filters, next)}</li>`}
</ul></nav>`
}`;

/** A page of a list has an address; one of a search is asked for with the search, since its name may stand in no address. */
const pageOf = (words: string, { search, authority, stage }: Filters, cursor?: string): Markup =>
  search === ''
    ? markup`<a href="${address('/', { authority, stage, cursor })}"${cursor !== undefined && markup` rel="next"`}>${words}</a>`
    : markup`<form method="post" action="/" class="link">${Object.entries({ search, authority, stage, cursor: cursor ?? '' }).map(
        ([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">`,
      )}<button type="submit">${words}</button></form>`;

const childOf = ({
  id,
  child,
  reference,
}: CaseView): Markup => markup`<a href="/cases/${id}">${nameOf(child?.name)}</a><span class="sub whole">${reference ?? 'No reference'}</span>
<span class="sub"><a href="/api/reporting/cases/${id}/chronology" aria-label="JSON of the chronology of case ${reference ?? id}">JSON</a></span>`;

const nextDeadline = ({ deadlines: [first] }: CaseView): Markup =>
  first ? markup`${moment(first.dueAt)}<span class="sub">${first.title}</span>` : markup`None open`;
