import { expect, it } from '@jest/globals';
import { instant } from '@waymark/kernel';
import { authorityAt, type AuthorityHistory } from './case-authority.js';

const moved: AuthorityHistory = [
  { authority: 'peterborough', from: instant('2026-03-02T09:15:00Z') },
  { authority: 'cambridgeshire', from: instant('2026-06-01T00:00:00Z') },
];

it.each([
  ['2026-01-05T10:00:00Z', 'peterborough', 'before it began'],
  ['2026-03-02T09:15:00Z', 'peterborough', 'from its first moment'],
  ['2026-05-31T23:59:59Z', 'peterborough', 'until the move'],
  ['2026-06-01T00:00:00Z', 'cambridgeshire', 'from the move on'],
])('A7 at %s a case is under %s: %s', (at, authority) => expect(authorityAt(moved, instant(at))).toBe(authority));
