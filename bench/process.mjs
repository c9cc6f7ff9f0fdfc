// Runs servers as processes of their own, and ends them.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Starts a program and waits until it says where it listens.
 * @returns {Promise<{ port: number, startedAt: number, pid: number, stop: () => Promise<void> }>}
 */
export const serve = async (args, env = {}) => {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const ended = new Promise((resolve) => child.on('close', resolve));
  const port = await new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        said = (said + text).slice(-10_000);
        const found = /listens on http:\/\/127\.0\.0\.1:(\d+)/.exec(said);
        if (found) resolve(Number(found[1]));
      });
    child.on('close', (code) => reject(new Error(`${args[0]} ended with ${code} before it listened:\n${said}`)));
  });
  const stop = async () => {
    child.kill('SIGTERM');
    if ((await Promise.race([ended, sleep(10_000, 'late', { ref: false })])) === 'late') child.kill('SIGKILL');
    await ended;
  };
  return { port, startedAt, pid: child.pid, stop };
};

/** What a process holds in memory now, in MB (VmRSS), where the system tells it. */
export const residentMb = (pid) => {
  const found = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(found[1]) / 1024;
};

/** Asks until the answer is 200. */
export const ready = async (port, path = '/health/ready', withinMs = 60_000) => {
  for (const until = performance.now() + withinMs; performance.now() < until; await sleep(10)) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
  }
  throw new Error(`${path} was not ready within ${withinMs} ms`);
};
