import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { closureOf } from './closure.mjs';

describe('What a service needs to run', () => {
  let root: string;
  const lay = (folder: string, manifest: object) => {
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, 'package.json'), JSON.stringify(manifest));
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'closure-'));
    lay('services/one', { dependencies: { '@own/lib': '*', web: '1' } });
    lay('libs/lib', { dependencies: { log: '1' } });
    mkdirSync(join(root, 'node_modules/@own'), { recursive: true });
    symlinkSync('../../libs/lib', join(root, 'node_modules/@own/lib'));
    lay('node_modules/web', {
      dependencies: { log: '2' },
      peerDependencies: { shown: '*', never: '*' },
      peerDependenciesMeta: { never: { optional: true } },
    });
    lay('node_modules/web/node_modules/log', {});
    lay('node_modules/log', {});
    lay('node_modules/shown', {});
    lay('node_modules/never', {});
    lay('node_modules/unasked', {});
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('is its own code, what that depends on as Node finds it, and no more', () => {
    expect(closureOf(root, 'services/one')).toEqual({
      folders: [
        'libs/lib',
        'node_modules/log',
        'node_modules/shown',
        'node_modules/web',
        'node_modules/web/node_modules/log',
        'services/one',
      ],
      links: [['node_modules/@own/lib', 'libs/lib']],
    });
  });

  it('can be the workspace’s own part alone', () => {
    const { folders } = closureOf(root, 'services/one', (name) => name.startsWith('@own/'));
    expect(folders).toEqual(['libs/lib', 'services/one']);
  });

  it('is refused where something is not installed', () => {
    rmSync(join(root, dirname('node_modules/web/package.json')), { recursive: true });
    expect(() => closureOf(root, 'services/one')).toThrow('services/one needs web, which is not installed');
  });
});
