// Checks everything that is in a data folder whose process was stopped after it had come to rest.
import { check } from '../proof/checks.mjs';
import { probeOf } from '../proof/probe.mjs';
import { openRecord } from './record.mjs';

/**
 * @param {{ folder: string, services: readonly object[], journal: object, now: string }} what `now`: the platform's clock when it came to rest
 * @returns {Promise<{ results: { name: string, faults: string[] }[], events: number, missed: number }>}
 */
export const verify = async ({ folder, ...what }) => {
  const record = await openRecord(folder, [...what.services, probeOf(what.services)]);
  try {
    return {
      results: await check(record, what),
      events: record.events.length,
      missed: record.events.filter(({ type }) => type.endsWith('.DeadlineMissed.v1')).length,
    };
  } finally {
    await record.close();
  }
};
