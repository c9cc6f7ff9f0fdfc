import { setTimeout as after } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { memoryIdempotencyStore, type IdempotencyStore } from './idempotency-store.js';
import { Idempotency } from './idempotency.js';

const context = { commandId: '0192f3a0-0000-7000-8000-000000000001', now: '2026-03-02T09:15:00.000Z' };
const reply = { statusCode: 201, getHeader: () => undefined, status: () => reply, headers: () => reply };
const hostOf = (body: unknown) =>
  ({
    getHandler: () => undefined,
    switchToHttp: () => ({
      getRequest: () => ({ body, url: '/', waymark: context, headers: { 'idempotency-key': 'k' } }),
      getResponse: () => reply,
    }),
  }) as unknown as ExecutionContext;

/** A store that takes its time, as one beyond a network does. */
const slow = (store: IdempotencyStore): IdempotencyStore => ({
  find: async (commandId) => {
    await after(5);
    return store.find(commandId);
  },
  remember: (...args) => store.remember(...args),
  forgetAll: () => store.forgetAll(),
  close: () => store.close(),
});

const idempotency = () =>
  new Idempotency({
    reflector: { get: () => ({ kind: 'command', changes: false }) } as unknown as Reflector,
    store: slow(memoryIdempotencyStore()),
    secret: new Uint8Array(32),
  });

describe('the same key at the same time', () => {
  const sending = (answers: readonly (() => unknown)[], bodies: readonly unknown[]) => {
    const edge = idempotency();
    let done = 0;
    const handle = async () => (await after(5), answers[done++]?.());
    return {
      settled: Promise.allSettled(bodies.map((body) => edge.around(hostOf(body), handle))),
      timesDone: () => done,
    };
  };

  it('is done once, and every repeat gets that answer', async () => {
    const { settled, timesDone } = sending([() => 'first', () => 'second', () => 'third'], [{ a: 1 }, { a: 1 }, { a: 1 }]);
    expect((await settled).map((one) => one.status === 'fulfilled' && one.value)).toEqual(['first', 'first', 'first']);
    expect(timesDone()).toBe(1);
  });

  it('refuses another body, whichever comes first', async () => {
    const { settled, timesDone } = sending([() => 'first', () => 'second'], [{ a: 1 }, { a: 2 }]);
    expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(timesDone()).toBe(1);
  });

  it('is done by the next in turn where the first was refused', async () => {
    const refuse = () => {
      throw new Error('refused');
    };
    const { settled, timesDone } = sending([refuse, () => 'second', () => 'third'], [{ a: 1 }, { a: 1 }, { a: 1 }]);
    expect((await settled).map((one) => (one.status === 'fulfilled' ? one.value : 'refused'))).toEqual(['refused', 'second', 'second']);
    expect(timesDone()).toBe(2);
  });
});
