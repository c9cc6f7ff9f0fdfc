import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { adviceOn } from './node24.mjs';

const script = 'infra/run/node24.mjs';
const pretending = (version: string): string =>
  `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`;

describe('The check of the running Node', () => {
  it.each(['24.0.0', '24.21.0', '25.1.0', '100.0.0'])('lets Node %s pass', (version) => {
    expect(adviceOn({ version, platform: 'darwin', arch: 'arm64' })).toBeUndefined();
  });

  it.each(['18.20.4', '20.19.0', '22.12.0', '23.11.1'])('tells a Mac with Node %s to install Node 24', (version) => {
    const advice = adviceOn({ version, platform: 'darwin', arch: 'arm64' });
    expect(advice).toContain(`this is Node ${version} on darwin-arm64`);
    expect(advice).toContain('install Node 24');
  });

  it('tells a machine that has a packaged Node 24 to install the packages again', () => {
    const advice = adviceOn({ version: '20.19.0', platform: 'linux', arch: 'x64' });
    expect(advice).toContain('run "npm ci" again');
    expect(advice).not.toContain('nodejs.org');
  });

  it('knows the platforms that package.json pins', () => {
    const { optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { optionalDependencies: Record<string, string> };
    for (const name of Object.keys(optionalDependencies).filter((each) => each.startsWith('node-'))) {
      const [, system, arch] = name.split('-');
      const advice = adviceOn({ version: '20.19.0', platform: system === 'win' ? 'win32' : String(system), arch: String(arch) });
      expect(advice).toContain('npm brings Node 24 along');
    }
  });

  it('says nothing and exits with 0 on the Node that runs the tests', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('exits with 1 on an older Node', () => {
    const { status, stderr } = spawnSync(process.execPath, ['--import', pretending('20.19.0'), script], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toContain('Waymark needs Node 24');
  });
});
