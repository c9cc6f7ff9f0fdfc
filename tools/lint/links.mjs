// Where the links of Markdown pages lead: to files of the repository, and to headings in them. Addresses of other sites are left alone.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const withoutCode = (text) => text.replace(/^(```|~~~)[\s\S]*?^\1$/gm, '').replace(/`[^`\n]*`/g, '');

/** What a page's links and images lead to, in order: `[text](target)`, `[name]: target`, `src="target"`, `href="target"`. */
export const linksIn = (text) =>
  [...withoutCode(text).matchAll(/\]\(\s*<?([^)\s>]+)[^)]*\)|^\[[^\]]+\]:\s+<?([^\s>]+)|\b(?:src|srcset|href)="([^"]+)"/gm)].map(
    ([, inline, defined, html]) => inline ?? defined ?? html,
  );

/** The anchors that GitHub makes of a page's headings. */
export const anchorsOf = (text) => {
  const seen = new Map();
  const headings = text.replace(/^(```|~~~)[\s\S]*?^\1$/gm, '').matchAll(/^#{1,6}\s+(.+?)\s*$/gm);
  return [...headings].map(([, heading]) => {
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    return times === 0 ? slug : `${slug}-${times}`;
  });
};

/** The pages that GitHub shows for a folder's address. */
const pageAt = (path) => (statSync(path).isDirectory() ? join(path, 'README.md') : path);

const isElsewhere = (link) => /^([a-z][a-z0-9+.-]*:|\/\/)/i.test(link);

const isBroken = (file, link) => {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? file : join(dirname(file), decodeURIComponent(path));
  if (path.startsWith('/') || !existsSync(target)) return true;
  if (anchor === undefined || !existsSync(pageAt(target))) return anchor !== undefined;
  return pageAt(target).endsWith('.md') && !anchorsOf(readFileSync(pageAt(target), 'utf8')).includes(anchor);
};

/** The links of the file that lead nowhere. */
export const brokenLinks = (file) => linksIn(readFileSync(file, 'utf8')).filter((link) => !isElsewhere(link) && isBroken(file, link));
