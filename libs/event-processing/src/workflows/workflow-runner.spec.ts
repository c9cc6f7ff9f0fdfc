import { derivedId, type CaseId, type EventOf, type Issue, type UserId, type Workflow } from '@waymark/kernel';
import { MemoryBus } from '@waymark/messaging';
import { MemoryReadModelStore } from '@waymark/read-model';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { append, at, caseOf, clock, Counted, counted, envelope, noPause, until } from '../../test/events.js';
import { MemoryEvents } from '../../test/memory-events.js';
import { workflowOverBus, workflowOverLog } from './workflow-reaction.js';
import { workflowAdvanced, WorkflowRunner, type Dispatch, type IssueMeta, type TracedInput } from './workflow-runner.js';

type Input = EventOf<typeof Counted>;
/** Sums up, and asks for as many commands as the number says. */
const summing: Workflow<Input, { sum: number }> = {
  name: 'summing',
  instance: ({ data, caseId }) => (data.n > 100 ? null : caseId),
  initial: { sum: 0 },
  react: ({ sum }, { data, caseId }) => ({
    state: { sum: sum + data.n },
    issues: Array.from({ length: data.n }, (_, i) => ({
      aggregate: 'planning.note',
      id: `${sum}-${i}`,
      command: { kind: 'Note', caseId: caseId as CaseId },
    })),
  }),
};

describe('a workflow', () => {
  let store: MemoryEvents;
  let issued: (readonly [Issue['id'], IssueMeta])[];
  let refuse: boolean;
  const runner = () =>
    new WorkflowRunner<Input, { sum: number }>({
      service: 'planning',
      workflow: summing,
      store,
      envelope,
      dispatch: async (issue, meta) => {
        if (refuse) throw new Error('refused');
        issued.push([issue.id, meta]);
      },
    });
  const input = (n: number, id = `input ${n}`): TracedInput<Input> => ({
    ...Counted({ n }),
    id: derivedId(id),
    caseId: caseOf('a'),
    occurredAt: at,
    actor: envelope.actor,
    correlationId: derivedId('correlation'),
  });
  const memory = () => store.of(`planning.workflow-summing-${caseOf('a')}`);

  beforeEach(() => {
    [store, issued, refuse] = [new MemoryEvents(), [], false];
  });

  it('remembers in a stream of its own, ids and codes only, and issues commands that name their cause', async () => {
    await runner().take(input(2));
    await runner().take(input(1));
    expect(memory().map(({ data }) => data)).toEqual([
      { workflow: 'summing', inputId: derivedId('input 2'), inputType: Counted.type, issued: 2, state: { sum: 2 } },
      { workflow: 'summing', inputId: derivedId('input 1'), inputType: Counted.type, issued: 1, state: { sum: 3 } },
    ]);
    for (const { type, data } of memory()) {
      expect(type).toBe('planning.WorkflowAdvanced.v1');
      expect(workflowAdvanced('planning').schema.safeParse(data).success).toBe(true);
    }
    expect(workflowAdvanced('planning').seals).toEqual([]);
    expect(issued.map(([id]) => id)).toEqual(['0-0', '0-1', '2-0']);
    expect(issued[0]?.[1]).toMatchObject({ causationId: derivedId('input 2'), correlationId: derivedId('correlation') });
    expect(new Set(issued.map(([, { commandId }]) => commandId)).size).toBe(3);
  });

  it('carries on the very command that an input came of where it completes that, and no other', async () => {
    const dana = { ...envelope.actor, user: 'dana' as UserId };
    const of = {
      commandId: derivedId('asked'),
      causationId: derivedId('why'),
      actor: dana,
      purpose: 'early-help',
      occurredAt: at,
    } as const;
    const completing: typeof summing = {
      ...summing,
      react: (state, taken) => {
        const { issues, ...after } = summing.react(state, taken);
        return { ...after, issues: issues.map((issue, index) => (index === 0 ? { ...issue, continuesCommand: true } : issue)) };
      },
    };
    const dispatch: Dispatch = async (issue, meta) => void issued.push([issue.id, meta]);
    const carrying = new WorkflowRunner({ service: 'planning', workflow: completing, store, envelope, dispatch });
    await carrying.take({ ...input(2), of });
    const { actor, purpose, occurredAt, ...ids } = of;
    const [carried, own] = issued.map(([, meta]) => meta);
    expect(carried).toEqual({ ...ids, correlationId: derivedId('correlation'), asker: { actor, purpose, occurredAt } });
    expect(own).toMatchObject({ causationId: derivedId('input 2') });
    expect(own).not.toHaveProperty('asker');
    await expect(carrying.take(input(1))).rejects.toThrow(/planning.summing: .* does not say of which command it came/);
  });

  it('issues the same commands for an input that comes again, also after later ones, and remembers nothing twice', async () => {
    await runner().take(input(2));
    await runner().take(input(3));
    const first = issued.slice(0, 2);
    await runner().take(input(2));
    expect(issued.slice(5)).toEqual(first);
    expect(memory()).toHaveLength(2);
  });

  it('issues its commands after a crash between remembering and dispatching', async () => {
    refuse = true;
    await expect(runner().take(input(2))).rejects.toThrow('refused');
    expect(memory()).toHaveLength(1);
    refuse = false;
    await runner().take(input(2));
    expect(issued.map(([id]) => id)).toEqual(['0-0', '0-1']);
    expect(memory()).toHaveLength(1);
  });

  it('leaves alone what does not concern it', async () => {
    await runner().take(input(101));
    expect(memory()).toHaveLength(0);
  });

  it('B4 takes in what is of no case, and remembers it without one', async () => {
    const all = new WorkflowRunner<Input, { sum: number }>({
      service: 'planning',
      workflow: { ...summing, instance: () => 'x' },
      store,
      envelope,
      dispatch: async ({ id, command }, meta) => void issued.push([`${id} of ${command.caseId}`, meta]),
    });
    await all.take({ ...input(1), caseId: null });
    expect(store.of('planning.workflow-summing-x')).toMatchObject([{ caseId: null, data: { state: { sum: 1 } } }]);
    expect(issued.map(([id]) => id)).toEqual(['0-0 of null']);
  });

  it('bears another writer of its memory', async () => {
    const append = store.append.bind(store);
    let raced = false;
    store.append = async (...args) => {
      if (!raced) {
        raced = true;
        await runner().take(input(1));
      }
      return append(...args);
    };
    await runner().take(input(2));
    expect(memory().map(({ data }) => (data as { state: { sum: number } }).state.sum)).toEqual([1, 3]);
  });

  it('runs over the log, parks the case of a refused command, and issues it when replayed', async () => {
    await append(store, 'a', Counted({ n: 1 }));
    await append(store, 'a', Counted({ n: 1 }));
    refuse = true;
    const reaction = workflowOverLog(runner(), [Counted], { store, readModel: new MemoryReadModelStore(), clock, sleep: noPause });
    reaction.start();
    await until(() => reaction.status().parkedItems === 2);
    expect(memory()).toHaveLength(1);
    refuse = false;
    expect(await reaction.replay(caseOf('a'))).toEqual({ replayed: 2, left: 0 });
    expect(issued.map(([id]) => id)).toEqual(['0-0', '1-0']);
    await reaction.stop();
  });

  it('runs over the bus, where a message says not who did it', async () => {
    const bus = new MemoryBus({ contracts: [counted], sleep: noPause });
    const reaction = workflowOverBus(runner() as never, { handles: [counted] }, bus, {
      readModel: new MemoryReadModelStore(),
      clock,
      sleep: noPause,
    });
    reaction.start();
    const message = {
      id: derivedId('m'),
      type: counted.type,
      source: '/services/planning',
      time: at,
      key: caseOf('a'),
      position: '1',
      correlationId: derivedId('c'),
      data: { n: 2 },
    };
    await bus.publish(counted.topic, [message, message]);
    await until(() => issued.length === 2);
    expect(memory()).toMatchObject([{ causationId: message.id, correlationId: message.correlationId, occurredAt: at }]);
    await reaction.stop();
    await bus.close();
  });
});
