// What the deployment's Prometheus knows: whether it sees every process, whether its rules hold, and whether each panel of the dashboards has something to show.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serviceNames } from '../services.mjs';

const dashboards = join(import.meta.dirname, 'grafana/dashboards');
/** A rate needs a few looks, of which there is one every five seconds. */
const limitMs = 60_000;
const betweenLooksMs = 2_000;

/** Of a deployment in which nothing fails these have nothing to show. */
const emptyWhenWell = /status=~"5\.\."/;

/** Every query that a dashboard puts, with the panel that it fills. */
const queries = () =>
  readdirSync(dashboards).flatMap((file) =>
    JSON.parse(readFileSync(join(dashboards, file), 'utf8')).panels.flatMap(({ title, targets = [] }) =>
      targets.map(({ expr }) => ({ title, expr })),
    ),
  );

const ask = async (prometheus, path, parameters = {}) => {
  const answer = await fetch(`${prometheus}/api/v1/${path}?${new URLSearchParams(parameters)}`);
  const body = await answer.json();
  if (body.status !== 'success') throw new Error(`${body.errorType}: ${body.error}`);
  return body.data;
};

const hasData = async (prometheus, expr) => {
  const { result } = await ask(prometheus, 'query', { query: expr });
  return result.some(({ value: [, value] }) => value !== 'NaN');
};

/** @returns what is wrong with a panel's query; undefined when it answers with something */
const wrongWith = async (prometheus, { expr }) => {
  try {
    return (await hasData(prometheus, expr)) || emptyWhenWell.test(expr) ? undefined : 'nothing to show';
  } catch (error) {
    return error.message;
  }
};

const unseen = async (prometheus) => {
  const { activeTargets } = await ask(prometheus, 'targets');
  const seen = new Set(activeTargets.filter(({ health }) => health === 'up').map(({ labels }) => labels.service));
  return serviceNames.filter((service) => !seen.has(service));
};

const badRules = async (prometheus) => {
  const { groups } = await ask(prometheus, 'rules');
  const rules = groups.flatMap((group) => group.rules);
  if (rules.length === 0) return ['there are none'];
  return rules.flatMap(({ name, health, state, lastError }) =>
    health !== 'ok' ? [`${name} is ${health} ${lastError ?? ''}`.trim()] : state === 'firing' ? [`${name} is firing`] : [],
  );
};

/** Looks until nothing is wrong, or the time is up. @returns what was wrong at the last look */
const untilRight = async (look) => {
  for (const untilMs = performance.now() + limitMs; ;) {
    const wrong = await look().catch((error) => [String(error)]);
    if (wrong.length === 0 || performance.now() > untilMs) return wrong;
    await sleep(betweenLooksMs);
  }
};

/**
 * @param {string} prometheus its address
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export const checkMeasurements = async (prometheus) => {
  const all = queries();
  const panels = async () => {
    const found = await Promise.all(all.map(async (query) => [query.title, await wrongWith(prometheus, query)]));
    return found.flatMap(([title, wrong]) => (wrong ? [`${title}: ${wrong}`] : []));
  };
  const noSuchThing = async () => {
    const found = [await wrongWith(prometheus, { expr: 'sum(waymark_none)' }), await wrongWith(prometheus, { expr: 'sum(' })];
    return found[0] === 'nothing to show' && /bad_data/.test(found[1]) ? [] : [`was taken for: ${found.join(', ')}`];
  };
  const checks = {
    'Prometheus sees a process of every service': () => unseen(prometheus),
    'every rule of the alerts can be told, and none fires': () => badRules(prometheus),
    [`each of ${all.length} queries of the dashboards has something to show`]: panels,
    'a query for what there is not, or that is none, is found': noSuchThing,
  };
  const counts = { passed: 0, failed: 0 };
  for (const [name, look] of Object.entries(checks)) {
    const wrong = await untilRight(look);
    counts[wrong.length === 0 ? 'passed' : 'failed'] += 1;
    console.log(wrong.length === 0 ? `ok       ${name}` : `FAILED   ${name}\n           ${wrong.join('\n           ')}`);
  }
  return counts;
};
