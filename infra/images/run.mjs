// Runs commands, and keeps quiet about them until one fails.
import { spawn } from 'node:child_process';

const KEPT_LINES = 40;

/**
 * Runs a command and gives what it printed to stdout.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, limitMs?: number }} [options]
 * @returns {Promise<string>}
 * @throws with its last lines when it fails, or after limitMs
 */
export const run = (command, args, { cwd, env, limitMs } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], timeout: limitMs });
    let printed = '';
    let all = '';
    child.stdout.on('data', (data) => ((printed += data), (all += data)));
    child.stderr.on('data', (data) => (all += data));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(printed);
      const last = all.trimEnd().split('\n').slice(-KEPT_LINES).join('\n');
      reject(new Error(`${command} ${args.slice(0, 3).join(' ')} … ended with ${signal ?? code}:\n${last}`));
    });
  });

/** Whether a command succeeds. */
export const succeeds = (command, args, options) =>
  run(command, args, options).then(
    () => true,
    () => false,
  );
