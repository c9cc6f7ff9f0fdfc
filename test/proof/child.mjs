// A server as a process of its own, that can be killed at any moment of its life.
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const keptOutput = 20_000;
const stopsWithinMs = 15_000;
/** Starting costs a third less where the modules' code is kept: hundreds of starts are to be cheap. */
const compiled = join(tmpdir(), 'waymark-proof-compiled');

/** Those that live: none outlives whoever started it. */
const living = new Set();
process.once('exit', () => living.forEach((child) => child.kill('SIGKILL')));

/** Nothing of the caller's own settings reaches the process. */
const inherited = () => Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('WAYMARK_')));

/**
 * Starts a program that says `listens on …` once it serves.
 * @param {{ program: string, args?: readonly string[], env?: Record<string, string>, listens?: boolean }} how `listens`: whether it is told something later
 */
export const startChild = ({ program, args = [], env = {}, listens = false }) => {
  const flags = ['--disable-warning=ExperimentalWarning', '--disable-warning=TimeoutNegativeWarning'];
  const child = spawn(process.execPath, [...flags, program, ...args], {
    env: { ...inherited(), WAYMARK_PROFILE: 'development', WAYMARK_LOG: 'error', PORT: '0', NODE_COMPILE_CACHE: compiled, ...env },
    stdio: [listens ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  });
  living.add(child);
  const said = { out: '', err: '' };
  let listening;
  const port = new Promise((resolve) => (listening = resolve));
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said.out = (said.out + text).slice(-keptOutput);
    const found = /listens on http:\/\/127\.0\.0\.1:(\d+)/.exec(said.out);
    if (found) listening(Number(found[1]));
  });
  child.stderr.setEncoding('utf8').on('data', (text) => (said.err = (said.err + text).slice(-keptOutput)));
  const ended = new Promise((resolve) =>
    child.on('close', (code, signal) => {
      living.delete(child);
      listening(undefined);
      resolve({ code, signal });
    }),
  );
  return {
    pid: child.pid,
    said,
    /** The port once it serves; undefined when it ended first. */
    port,
    ended,
    signal: (name) => child.kill(name),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    /** Says a line to one that listens. */
    tell: (line) => child.stdin.end(`${line}\n`),
    /** As an operator stops it. @throws Error when it does not in time */
    stop: async () => {
      child.kill('SIGTERM');
      if ((await Promise.race([ended, sleep(stopsWithinMs, 'late', { ref: false })])) !== 'late') return;
      child.kill('SIGKILL');
      throw new Error(`the process did not stop within ${stopsWithinMs / 1000} s of SIGTERM`);
    },
  };
};
