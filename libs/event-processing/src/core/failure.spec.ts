import { StoreUnavailable, StoreUnusable, UnreadableEvent } from '@waymark/event-store';
import { KeysUnavailable, KeysUnusable } from '@waymark/keys';
import { MemoryReadModelStore } from '@waymark/read-model';
import { describe, expect, it } from '@jest/globals';
import type { EventOf, Workflow } from '@waymark/kernel';
import { append, clock, Counted, envelope, noPause, until } from '../../test/events.js';
import { MemoryEvents } from '../../test/memory-events.js';
import { isTransient, troubleOf } from './failure.js';
import { workflowOverLog } from '../workflows/workflow-reaction.js';
import { WorkflowRunner } from '../workflows/workflow-runner.js';

const away = () => new KeysUnavailable('MongoDB cannot be asked for keys now (MongoNetworkError)', 'unreachable');

type Input = EventOf<typeof Counted>;
const once: Workflow<Input, { done: boolean }> = {
  name: 'once',
  instance: ({ caseId }) => caseId,
  initial: { done: false },
  react: (_, { caseId }) => ({
    state: { done: true },
    issues: [{ aggregate: 'planning.note', id: 'a', command: { kind: 'Note', caseId: caseId } }],
  }),
};

describe('a key store that is away', () => {
  it('B9 is waited out by a workflow: nothing is parked, and it goes on when the keys are back', async () => {
    const store = new MemoryEvents();
    let [tries, isAway] = [0, true];
    const issued: string[] = [];
    const dispatch = async ({ id }: { id: string }) => {
      tries += 1;
      if (isAway) throw away();
      issued.push(id);
    };
    const runner = new WorkflowRunner<Input, { done: boolean }>({ service: 'planning', workflow: once, store, envelope, dispatch });
    const deps = { store, readModel: new MemoryReadModelStore(), clock, sleep: noPause };
    const reaction = workflowOverLog(runner, [Counted], deps);
    await append(store, 'a', Counted({ n: 1 }));
    reaction.start();
    // More often than an event at fault would be tried.
    await until(() => tries > 20);
    expect(await reaction.parked()).toEqual([]);
    expect(reaction.status()).toMatchObject({ retrying: true, lastError: 'KeysUnavailable', parkedCases: 0 });
    isAway = false;
    await until(() => issued.length > 0);
    await reaction.stop();
    expect(issued).toEqual(['a']);
    expect(await reaction.parked()).toEqual([]);
  });

  it('B9 is told apart from an event that cannot be read for want of a key that never was', () => {
    const at = {
      stream: 'planning.tally-1',
      version: 1,
      position: '1',
      type: 'planning.Counted.v1',
      caseId: null,
      recordedAt: clock.now(),
    };
    expect(
      [away(), new KeysUnusable('keys.db is damaged'), new StoreUnavailable('', 'unreachable', { cause: away() })].map(isTransient),
    ).toEqual([true, true, true]);
    expect(isTransient(new UnreadableEvent('', at as never, { cause: new KeysUnusable('no key was ever made') }))).toBe(false);
    // A damage that one event met is its own; one that stopped the whole record is waited for.
    expect(isTransient(new StoreUnusable('events.db is damaged'))).toBe(false);
    expect(isTransient(new StoreUnusable('events.db is damaged', { cause: new StoreUnavailable('', 'unreachable') }))).toBe(true);
    expect(isTransient(new Error('refused'))).toBe(false);
  });

  it('D3 is told with its file and what to do, since no message of the keys holds anything personal', () => {
    const message = '/data/keys/keys.db is damaged: row 3. Put the file back from its backup.';
    expect(troubleOf(new KeysUnusable(message))).toEqual({ error: 'KeysUnusable', message });
  });
});
