import { setTimeout as delay } from 'node:timers/promises';
import { StoreUnavailable, type Appended, type EventLog, type Filter, type StoredEvent } from '../event-log.js';
import type { Network } from './network.js';
import { commandId, contactA, event, everything } from './samples.js';

/** Waits until something holds; the test's own time limit is the last word. */
export const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await delay(10);
};

/** Repeats the same command, as a caller does, until there is a definite answer. */
export const untilTold = async (append: () => Promise<Appended>): Promise<Appended> => {
  for (;;) {
    try {
      return await append();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      await delay(20);
    }
  }
};

/** Follows a log in the background. */
export const following = (log: EventLog, filter?: Filter) => {
  const [stop, seen]: [AbortController, StoredEvent[]] = [new AbortController(), []];
  const ended = (async () => {
    for await (const item of log.subscribe('start', filter, stop.signal)) {
      if (!('caughtUp' in item)) seen.push(...item);
    }
  })();
  const end = async () => {
    stop.abort();
    await ended;
    return seen;
  };
  return { seen, end };
};

/** How often the events of one command are in the event log after its answer was lost and the command was repeated. */
export const timesWrittenAfterALostAnswer = async (log: EventLog, network: Network, other: EventLog) => {
  const [command, first] = [commandId(), event()];
  const append = () => log.append(contactA, 'none', [first], command);
  await log.head();
  network.loseAnswers();
  const answer = untilTold(append);
  await until(async () => (await everything(other)).length > 0);
  network.cut();
  await delay(50);
  network.heal();
  const told = await answer;
  return { told, command, written: (await everything(other)).filter(({ commandId: of }) => of === command) };
};
