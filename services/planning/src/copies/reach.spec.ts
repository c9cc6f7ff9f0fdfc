import { describe, expect, it } from '@jest/globals';
import { begun, ended, reachedAt } from './reach.js';

const [march, april, may, june] = ['2026-03-09', '2026-04-09', '2026-05-09', '2026-06-09'].map((on) => `${on}T10:00:00.000Z`) as [
  string,
  string,
  string,
  string,
];
const given = begun([], { ground: 'consent', agencies: ['school', 'health'], from: march, until: null });

describe('CON-13 whom a consent reaches', () => {
  it('is reached from its beginning on, and not before', () => {
    expect(reachedAt(given, march)).toEqual(['school', 'health']);
    expect(reachedAt(given, '2026-03-09T09:59:59.999Z')).toEqual([]);
  });

  it('is reached no more from the moment of a withdrawal, for those that it names', () => {
    const withdrawn = ended(given, { ground: 'consent', agencies: ['health'], at: april });
    expect(reachedAt(withdrawn, april)).toEqual(['school']);
    expect(reachedAt(withdrawn, march)).toEqual(['school', 'health']);
    expect(reachedAt(ended(given, { ground: 'consent', agencies: null, at: april }), april)).toEqual([]);
  });

  it('is reached still on another ground', () => {
    const decided = begun(given, { ground: 'decision', agencies: ['health'], from: april, until: null });
    expect(reachedAt(ended(decided, { ground: 'consent', agencies: null, at: may }), may)).toEqual(['health']);
  });

  it('is reached again once the family agrees again; a withdrawal that is told late leaves that alone', () => {
    const withdrawn = ended(given, { ground: 'consent', agencies: null, at: april });
    const renewed = begun(withdrawn, { ground: 'consent', agencies: ['school'], from: may, until: null });
    expect(reachedAt(renewed, june)).toEqual(['school']);
    expect(reachedAt(ended(renewed, { ground: 'consent', agencies: null, at: april }), june)).toEqual(['school']);
  });

  it('is not reached at the end itself', () => {
    const limited = begun([], { ground: 'consent', agencies: ['school'], from: march, until: may });
    expect([reachedAt(limited, april), reachedAt(limited, may)]).toEqual([['school'], []]);
  });
});
