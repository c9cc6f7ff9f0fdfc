// A server as a process of its own, that can be killed at any moment of its life.
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const server = join(import.meta.dirname, 'server.mjs');
const keptOutput = 20_000;
/** Starting costs a third less where the modules' code is kept: two hundred starts are to be cheap. */
const compiled = join(tmpdir(), 'waymark-crash-compiled');

/**
 * Starts the process under test.
 * @param {{ folder: string, variant?: string, env?: Record<string, string>, program?: string }} how
 */
export const start = ({ folder, variant, env = {}, program = server }) => {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('WAYMARK_')));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...(variant ? [variant] : [])], {
    env: {
      ...inherited,
      WAYMARK_PROFILE: 'development',
      WAYMARK_DATA: folder,
      WAYMARK_DEMO: 'off',
      WAYMARK_LOG: 'error',
      PORT: '0',
      NODE_COMPILE_CACHE: compiled,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
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
      listening(undefined);
      resolve({ code, signal });
    }),
  );
  return {
    pid: child.pid,
    said,
    /** The port once it listens; undefined when it ended first. */
    port,
    ended,
    signal: (name) => child.kill(name),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    /** As an operator stops it. @throws Error when it does not within ten seconds */
    stop: async () => {
      child.kill('SIGTERM');
      if ((await Promise.race([ended, sleep(10_000, 'late', { ref: false })])) !== 'late') return;
      child.kill('SIGKILL');
      throw new Error('the process did not stop within 10 s of SIGTERM');
    },
  };
};
