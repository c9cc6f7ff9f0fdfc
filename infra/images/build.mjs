// Makes the images: those of the services, and where no registry can be reached those of the engines too, from packages.
//   npx nx images infra                       everything that is needed here
//   npx nx images infra kafka services        only these
//   npx nx images infra --packages            from packages, even where a registry can be reached
import { copyFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { makeBase } from './bases.mjs';
import { emptyFolder, root } from './cache.mjs';
import { buildImage, canHave, dockerAnswers, sizeOf } from './docker.mjs';
import { packCode, packPackages } from './pack.mjs';
import { engines, node, officialOnly, packagesTag, services, tagOfService } from './recipes.mjs';
import { run } from './run.mjs';
import { optionsOf, refuseCall } from '../run/options.mjs';

const { values: flags, positionals: wanted } = optionsOf({
  options: { packages: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const names = [...Object.keys(engines), 'services'];
const strangers = wanted.filter((name) => !names.includes(name));
if (strangers.length > 0) refuseCall(`no such image: ${strangers.join(', ')}; there are ${names.join(', ')}`);
const isWanted = (name) => wanted.length === 0 || wanted.includes(name);

const made = [];
const failures = [];
const missing = [];
const say = (line) => console.log(line);

/** Does one step and says how long it took. One that fails is told, and the others go on. */
const step = async (title, work) => {
  const began = performance.now();
  try {
    const result = await work();
    made.push(title);
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

/** The folder of every service. */
const folders = services.map((name) => `services/${name}`);

/** What others published, once for all services. */
const makePackages = (nodeImage) =>
  step(packagesTag, async () => {
    const context = emptyFolder('images', 'packages');
    packPackages(context, folders);
    return built(packagesTag, context, { file: join(import.meta.dirname, 'packages/Dockerfile'), args: { NODE_IMAGE: nodeImage } });
  });

const makeServices = async (nodeImage) => {
  await run('npm', ['run', '--silent', 'build'], { cwd: root });
  await makePackages(nodeImage);
  const context = emptyFolder('images', 'services');
  packCode(context, folders);
  for (const file of ['pack.mjs', 'closure.mjs']) cpSync(join(import.meta.dirname, file), join(context, 'infra/images', file));
  const file = join(import.meta.dirname, 'service/Dockerfile');
  for (const name of services) {
    await step(tagOfService(name), () =>
      built(tagOfService(name), context, { file, args: { PACKAGES_IMAGE: packagesTag, SERVICE: name } }),
    );
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
  if (wanted.length === 0) for (const [title, image] of Object.entries(officialOnly)) missing.push(`${title} (${image})`);
}
if (isWanted('services')) {
  if (!pulls) await makeNode();
  await makeServices(pulls ? node.official : node.tag);
}
for (const what of missing) say(`!!! SKIPPED: ${what} is not to be had of packages, and no registry is reached`);
if (failures.length > 0) console.error(`Not made: ${failures.join(', ')}`);
say(`${made.length} passed, ${failures.length} failed, ${missing.length} skipped`);
process.exitCode = failures.length === 0 ? 0 : 1;
