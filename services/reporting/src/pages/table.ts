import { markup, type Markup } from './markup.js';

interface Table<Row> {
  readonly caption: string;
  readonly columns: readonly { readonly label: string; readonly cell: (row: Row) => Markup | string | number }[];
  readonly rows: readonly Row[];
}

/**
 * A table whose first column names each row. On a narrow screen its cells stand below each other; the roles keep it a table
 * for a screen reader even then.
 */
export const table = <Row>({ caption, columns, rows }: Table<Row>): Markup => {
  const [first, ...others] = columns;
  const head = columns.map(({ label }) => markup`<th scope="col" role="columnheader">${label}</th>`);
  const body = rows.map(
    (row) => markup`<tr role="row">
<th scope="row" role="rowheader" data-label="${first?.label}">${first?.cell(row)}</th>
${others.map(({ label, cell }) => markup`<td role="cell" data-label="${label}">${cell(row)}</td>\n`)}</tr>
`,
  );
  return markup`<table role="table">
<caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${head}</tr></thead>
<tbody role="rowgroup">
${body}</tbody>
</table>`;
};
