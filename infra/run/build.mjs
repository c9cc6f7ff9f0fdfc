// Builds what `npm start` runs, and only when something changed. Shows how far it is.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const stampFile = 'services/standalone/dist/.built-from';
const isSource = (name) => /\.(ts|json)$/.test(name) && !/\.spec\.ts$/.test(name);

/** What the build rests on, as one hash: paths, sizes and times of the sources, and the locked dependencies. */
export const fingerprint = (root = '.') => {
  const hash = createHash('sha256');
  const walk = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!['dist', 'node_modules', 'golden', 'test'].includes(entry.name)) walk(path);
      } else if (isSource(entry.name)) {
        const { size, mtimeMs } = statSync(join(root, path));
        hash.update(`${path} ${size} ${mtimeMs}\n`);
      }
    }
  };
  walk('libs');
  walk('services');
  for (const file of ['tsconfig.json', 'tsconfig.base.json', 'package-lock.json']) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
};

export const isBuilt = (root = '.') =>
  existsSync(join(root, stampFile)) && readFileSync(join(root, stampFile), 'utf8') === fingerprint(root);

/** Runs the compiler over the projects of `services/standalone`. @returns {Promise<boolean>} whether it compiled */
export const build = async ({ log = console.log } = {}) => {
  const total = JSON.parse(readFileSync('tsconfig.json', 'utf8')).references.length;
  const startedAt = Date.now();
  let seen = 0;
  log('Building Waymark (the first time takes about a minute) …');
  const compiler = spawn(process.execPath, ['node_modules/typescript/bin/tsc', '-b', '--verbose'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let rest = '';
  compiler.stdout.setEncoding('utf8').on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const project =
        /(?:Building project|is up to date).*?'?([\w-]+(?:\/[\w-]+)*)\/tsconfig\.lib\.json/.exec(line)?.[1] ??
        /Project '([^']+)\/tsconfig\.lib\.json' is up to date/.exec(line)?.[1];
      if (project) log(`  ${String(++seen).padStart(2)} of ${total}  ${project.replace(/^.*?((libs|services)\/)/, '$1')}`);
      else if (/error TS\d+/.test(line)) log(line);
    }
  });
  const code = await new Promise((resolve) => compiler.on('close', resolve));
  if (code !== 0) return false;
  writeFileSync(stampFile, fingerprint());
  log(`Built in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
  return true;
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = (await build()) ? 0 : 1;
