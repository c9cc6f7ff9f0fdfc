// The platform as a process of its own on a fresh data folder, with two families whose ids work.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { familiesOf } from '../../services/standalone/test/fuzz/family.ts';

export const started = async (folder) => {
  const child = spawn(process.execPath, ['services/standalone/dist/main.js'], {
    env: {
      ...process.env,
      WAYMARK_PROFILE: 'development',
      WAYMARK_DEMO: 'off',
      WAYMARK_DATA: join(folder, 'data'),
      PORT: '0',
      WAYMARK_LOG: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (text) => (said += text));
  for (let tries = 0; tries < 600 && !/listens on (\S+)/.test(said) && child.exitCode === null; tries += 1) await sleep(100);
  const address = /listens on (\S+)/.exec(said)?.[1];
  if (!address) throw new Error(`the platform did not start:\n${said}`);
  const stop = async () => {
    const ended = new Promise((done) => (child.exitCode === null ? child.once('exit', done) : done()));
    child.kill('SIGTERM');
    await ended;
  };
  return { address, stop };
};

const json = async (answer) => ({
  status: answer.status,
  body: await answer.json().catch(() => ({})),
  headers: Object.fromEntries(answer.headers),
});

/** Drives two families through the public API. @returns their ids, by the names that they stand under */
export const seeded = async (address) => {
  const clock = await fetch(`${address}/dev/clock`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ now: '2026-03-16T10:00:00Z' }),
  });
  if (!clock.ok) throw new Error(`the clock cannot be set: ${clock.status}`);
  let newest = 'start';
  const asked = async (path, identity, init) => {
    const headers = { 'waymark-dev-identity': identity, 'waymark-wait-for': newest, 'if-match': '*', 'content-type': 'application/json' };
    const answer = await json(await fetch(`${address}${path}`, { ...init, headers }));
    newest = answer.headers['waymark-position'] ?? newest;
    return answer;
  };
  const as = (user, role, organisation) => {
    const identity = `user=${user}; role=${role}; organisation=${organisation}`;
    return {
      post: (path, body) => asked(path, identity, { method: 'POST', body: JSON.stringify(body) }),
      get: (path) => asked(path, identity, {}),
    };
  };
  return familiesOf({ as, settled: () => Promise.resolve() });
};
