import { describe, expect, it } from '@jest/globals';
import { fold, streamOf } from './decider.js';
import { accept, check, never, notPermitted, refuse, unknown, wrongState, type Policy } from './decision.js';

describe('a decision', () => {
  it('is accepted with its events in order, or with none', () => {
    const [first, second] = [
      { type: 'test.A.v1', data: 1 },
      { type: 'test.B.v1', data: 2 },
    ];
    expect(accept(first, second)).toEqual({ outcome: 'accepted', events: [first, second] });
    expect(accept()).toEqual({ outcome: 'accepted', events: [] });
  });

  it('is refused by a rule of the practice, or for a reason that is none', () => {
    expect(refuse('CON-01', 'Consent comes first.', { field: 'caseId' })).toEqual({
      outcome: 'refused',
      reason: 'rule',
      rule: 'CON-01',
      message: 'Consent comes first.',
      field: 'caseId',
    });
    expect([wrongState('no'), unknown('no'), notPermitted('no')].map(({ reason, rule }) => [reason, rule])).toEqual([
      ['wrong-state', undefined],
      ['unknown', undefined],
      ['not-permitted', undefined],
    ]);
  });
});

describe('policies', () => {
  const asked: string[] = [];
  const policy =
    (name: `X-${number}`, holds: boolean): Policy<number, string, boolean> =>
    (...given) => {
      asked.push(`${name} ${given.join(' ')}`);
      return holds ? undefined : refuse(name, 'no');
    };

  it('are asked in order until one refuses', () => {
    expect(check([policy('X-1', true), policy('X-2', false), policy('X-3', false)], 7, 'state', true)?.rule).toBe('X-2');
    expect(asked).toEqual(['X-1 7 state true', 'X-2 7 state true']);
  });

  it('say nothing when all of them hold', () => expect(check([policy('X-1', true)], 7, 'state', true)).toBeUndefined());
});

describe('a switch that forgot a case', () => {
  it('says which kind, and nothing else of the command', () => {
    expect(() => never({ kind: 'Forgotten', story: 'private' } as never)).toThrow(new TypeError('unhandled: "Forgotten"'));
    expect(() => never(undefined as never)).toThrow('unhandled');
  });
});

describe('a history', () => {
  it('is folded from its beginning, in order', () => {
    const decider = { initial: '', evolve: (state: string, { data }: { data: unknown }) => `${state}${String(data)}` };
    const facts = ['a', 'b', 'c'].map((data) => ({ type: 'test.A.v1', data, occurredAt: '', actor: {} }));
    expect(fold(decider, facts as never[])).toBe('abc');
    expect(fold(decider, [])).toBe('');
  });

  it('stands in a stream that is named after its aggregate', () =>
    expect(streamOf({ name: 'assessment.eha' }, '42')).toBe('assessment.eha-42'));
});
