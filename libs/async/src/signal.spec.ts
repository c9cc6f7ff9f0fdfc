import { describe, expect, it } from '@jest/globals';
import { Signal } from './signal.js';

const turn = () => new Promise((resolve) => setImmediate(resolve));
const never = new AbortController().signal;

describe('a signal', () => {
  it('wakes all who wait, once', async () => {
    const signal = new Signal();
    let woken = 0;
    const wait = () => signal.changedSince(signal.count, never).then(() => (woken += 1));
    const both = [wait(), wait()];
    await turn();
    expect(woken).toBe(0);
    signal.notify();
    await Promise.all(both);
    signal.notify();
    await turn();
    expect(woken).toBe(2);
  });

  it('does not let a change be missed that came between the count and the wait', async () => {
    const signal = new Signal();
    const { count } = signal;
    signal.notify();
    await signal.changedSince(count, never);
    expect(signal.count).toBe(count + 1);
  });

  it('lets go whoever is told to stop, and keeps no listener of theirs', async () => {
    const signal = new Signal();
    const stop = new AbortController();
    const waiting = signal.changedSince(signal.count, stop.signal);
    stop.abort();
    await waiting;
    await signal.changedSince(signal.count, stop.signal);
    signal.notify();
    expect(signal.count).toBe(1);
  });

  it('gives one promise to all who ask for the next change, and another after it', async () => {
    const signal = new Signal();
    const next = signal.nextChange();
    expect(signal.nextChange()).toBe(next);
    signal.notify();
    await next;
    let again = false;
    const later = signal.nextChange().then(() => (again = true));
    await turn();
    expect(again).toBe(false);
    signal.notify();
    await later;
  });
});
