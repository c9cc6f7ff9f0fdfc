import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { anchorsOf, brokenLinks, linksIn } from './links.mjs';

const pages = globSync('**/*.md', { exclude: (name) => /^(node_modules|dist|data|coverage|\.cache|\.nx|\.git)$/.test(name) }).sort();

describe('The links of the pages', () => {
  it.each(pages)('%s has none that leads nowhere', (page) => {
    expect(brokenLinks(page)).toEqual([]);
  });
});

describe('The reading of links', () => {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-links-'));
  const page = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  it('finds links, images and what is written as HTML, and passes over code', () => {
    const text = '[a](b.md) ![c](d.svg "e")\n[f]: g.md\n<img src="h.png">\n`[i](j.md)`\n\n```md\n[k](l.md)\n```\n';
    expect(linksIn(text)).toEqual(['b.md', 'd.svg', 'g.md', 'h.png']);
  });

  it('makes the anchors that GitHub makes', () => {
    expect(anchorsOf('# One, `two` & [three](x.md)\n## Same\n## Same\n```\n# none\n```\n')).toEqual(['one-two--three', 'same', 'same-1']);
  });

  it('tells what leads nowhere: a file, an anchor, a path from the root', () => {
    page('there.md', '## A heading\n');
    const links = ['there.md', 'there.md#a-heading', '#own', 'https://example.org/x', 'gone.md', 'there.md#gone', '/there.md', '#gone'];
    const file = page('index.md', `# Own\n${links.map((link) => `[x](${link})`).join('\n')}\n`);
    expect(brokenLinks(file)).toEqual(['gone.md', 'there.md#gone', '/there.md', '#gone']);
  });
});
