import { describe, expect, it } from '@jest/globals';
import { markup, Markup } from './markup.js';

describe('markup from a template', () => {
  it('escapes whatever is put in, in text and in attributes', () => {
    expect(markup`<a title="${`"'<>&`}">${'<script>'}</a>`.text).toBe('<a title="&quot;&#39;&lt;&gt;&amp;">&lt;script&gt;</a>');
  });

  it('puts markup into markup as it is, also in lists', () => {
    expect(markup`<ul>${['a<', 'b'].map((item) => markup`<li>${item}</li>`)}</ul>`.text).toBe('<ul><li>a&lt;</li><li>b</li></ul>');
  });

  it('leaves out what is not there, and keeps a nought', () => {
    expect(markup`${null}${undefined}${false}${0}${''}`.text).toBe('0');
  });

  it('takes a plain object that looks like markup for text', () => {
    expect(markup`${{ text: '<b>' }}`.text).not.toContain('<b>');
    expect(markup`${new Markup('<b>')}`.text).toBe('<b>');
  });
});
