// Makes the images: those of the services, and where no registry can be reached those of the engines too, from packages.
//   npm run images                        everything that is needed here
//   npm run images -- kafka services      only these
//   npm run images -- --packages          from packages, even where a registry can be reached
import { copyFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeBase } from './bases.mjs';
import { emptyFolder, root } from './cache.mjs';
import { buildImage, canHave, dockerAnswers, sizeOf } from './docker.mjs';
import { packCode, packPackages } from './pack.mjs';
import { engines, node, officialOnly, services, tagOfService } from './recipes.mjs';
import { run } from './run.mjs';

const { values: flags, positionals: wanted } = parseArgs({
  options: { packages: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const names = [...Object.keys(engines), 'services'];
const strangers = wanted.filter((name) => !names.includes(name));
if (strangers.length > 0) throw new Error(`no such image: ${strangers.join(', ')}; there are ${names.join(', ')}`);
const isWanted = (name) => wanted.length === 0 || wanted.includes(name);

const failures = [];
const say = (line) => console.log(line);

/** Does one step and says how long it took. One that fails is told, and the others go on. */
const step = async (title, work) => {
  const began = performance.now();
  try {
    const result = await work();
    say(`  ${title}  ${result}  ${((performance.now() - began) / 1000).toFixed(1)} s`);
  } catch (error) {
    failures.push(title);
    say(`!! ${title} could not be made: ${error.message}`);
  }
};

const contextOf = async (name, prepare) => {
  const folder = emptyFolder('images', name);
  cpSync(join(import.meta.dirname, name), folder, { recursive: true });
  await prepare?.(folder);
  return folder;
};

const built = async (tag, folder, options) => {
  await buildImage(tag, folder, options);
  return sizeOf(tag);
};

const makeEngine = (name) => {
  const { tag, base, prepare } = engines[name];
  return step(tag, async () => {
    const from = base ? { BASE_IMAGE: await makeBase(base) } : {};
    return built(tag, await contextOf(name, prepare), { args: from });
  });
};

const makeNode = () =>
  step(node.tag, async () => {
    const base = await makeBase('node');
    const binary = join(root, `node_modules/node-linux-${process.arch}/bin/node`);
    return built(node.tag, await contextOf('node', async (folder) => copyFileSync(binary, join(folder, 'node'))), {
      args: { BASE_IMAGE: base },
    });
  });

const packServices = async () => {
  await run('npm', ['run', '--silent', 'build'], { cwd: root });
  const folder = emptyFolder('images', 'services');
  const all = services.map((name) => `services/${name}`);
  packPackages(join(folder, 'packages'), all);
  packCode(join(folder, 'code'), all);
  for (const file of ['pack.mjs', 'closure.mjs']) cpSync(join(import.meta.dirname, file), join(folder, 'code/infra/images', file));
  return folder;
};

const makeServices = async (nodeImage) => {
  let folder = '';
  await step('what the services need', async () => {
    folder = await packServices();
    return (await run('du', ['-sh', folder])).split('\t')[0];
  });
  if (folder === '') return;
  const file = join(import.meta.dirname, 'service/Dockerfile');
  for (const name of services) {
    await step(tagOfService(name), () => built(tagOfService(name), folder, { file, args: { NODE_IMAGE: nodeImage, SERVICE: name } }));
  }
};

if (!(await dockerAnswers())) {
  console.error('No Docker engine answers. Start one, or let infra/images/docker-engine.sh start one: see infra/images/README.md.');
  process.exit(1);
}
const pulls = !flags.packages && (await canHave(node.official));
say(
  pulls
    ? `${node.official} can be had: engines come as official images.`
    : `${node.official} cannot be had: images are made from packages.`,
);
if (!pulls) {
  for (const name of Object.keys(engines).filter(isWanted)) await makeEngine(name);
  for (const [title, image] of Object.entries(officialOnly)) say(`-- ${title} is not to be had of packages; it needs ${image}`);
}
if (isWanted('services')) {
  if (!pulls) await makeNode();
  await makeServices(pulls ? node.official : node.tag);
}
if (failures.length > 0) {
  console.error(`Not made: ${failures.join(', ')}`);
  process.exitCode = 1;
}
