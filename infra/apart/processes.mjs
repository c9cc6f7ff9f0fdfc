// Each service as processes of its own, as a deployment runs them.
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const serviceNames = ['referral', 'assessment', 'planning', 'targeted-support', 'reporting'];

const root = join(import.meta.dirname, '..', '..');
const keptOutput = 20_000;
const compiled = join(tmpdir(), 'waymark-apart-compiled');
const stopsWithinMs = 15_000;

/** Nothing of the caller's own settings reaches a service. */
const inherited = () => Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('WAYMARK_')));

/**
 * Starts one process of a service on the engines that the environment names.
 * @param {{ service: string, env: Record<string, string>, program?: string, args?: readonly string[], listens?: boolean }} how
 *   `listens`: whether it is told something later
 */
export const startProcess = ({
  service,
  env,
  program = join(root, 'services', service, 'dist', 'main.js'),
  args = [],
  listens = false,
}) => {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--disable-warning=TimeoutNegativeWarning', program, ...args],
    {
      env: { ...inherited(), WAYMARK_PROFILE: 'development', WAYMARK_LOG: 'error', PORT: '0', NODE_COMPILE_CACHE: compiled, ...env },
      stdio: [listens ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    },
  );
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
    service,
    said,
    /** The port once it serves; undefined when it ended first. */
    port,
    ended,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    signal: (name) => child.kill(name),
    /** Says a line to one that listens. */
    tell: (line) => child.stdin.end(`${line}\n`),
    /** As an operator stops it. @throws Error when it does not in time */
    stop: async () => {
      child.kill('SIGTERM');
      if ((await Promise.race([ended, sleep(stopsWithinMs, 'late', { ref: false })])) !== 'late') return;
      child.kill('SIGKILL');
      throw new Error(`${service} did not stop within ${stopsWithinMs / 1000} s of SIGTERM`);
    },
  };
};

/** @throws Error with what it said, when it ended before it served */
export const untilServing = async (process) => {
  const port = await process.port;
  if (port !== undefined) return port;
  throw new Error(`${process.service} ended before it served:\n${process.said.out}\n${process.said.err}`);
};

/**
 * Starts every service, in so many replicas each.
 * @param {{ env: Record<string, string>, replicas?: number }} how
 */
export const startServices = async ({ env, replicas = 1 }) => {
  const processes = serviceNames.flatMap((service) => Array.from({ length: replicas }, () => startProcess({ service, env })));
  const stop = () => Promise.all(processes.map((process) => process.stop()));
  try {
    const ports = {};
    for (const process of processes) ports[process.service] = [...(ports[process.service] ?? []), await untilServing(process)];
    return { ports, processes, stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
};
