// Builds every overlay and holds it against the strict schemas of a current Kubernetes, offline; and sees that the check refuses what is wrong.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, once } from '../images/cache.mjs';
import { goTool } from '../images/go-tools.mjs';
import { run } from '../images/run.mjs';

const KUBERNETES = '1.37';
const VALIDATOR = 'kubernetes-validate==1.37.0';
const here = import.meta.dirname;

const kustomize = await goTool('kustomize');
const python = await once(join(cacheFolder('python'), VALIDATOR), (folder) =>
  run('python3', ['-m', 'pip', 'install', '--quiet', '--target', folder, VALIDATOR]).then(() => undefined),
);

/** @returns {Promise<string | undefined>} what is wrong with the manifests of a file */
const faultsOf = (file) =>
  run('python3', ['-m', 'kubernetes_validate', '--strict', '--kubernetes-version', KUBERNETES, file], { env: { PYTHONPATH: python } }).then(
    () => undefined,
    (error) => error.message,
  );

let passed = 0;
let failed = 0;
const check = (title, fault) => {
  if (fault === undefined) passed++;
  else failed++;
  console.log(fault === undefined ? `ok    ${title}` : `FAIL  ${title}\n${fault}`);
};

const kindsOf = (manifests) => [...manifests.matchAll(/^kind: (\w+)$/gm)].map(([, kind]) => kind);

for (const overlay of readdirSync(join(here, 'overlays')).sort()) {
  const manifests = await run(kustomize, ['build', join(here, 'overlays', overlay)]);
  const file = join(cacheFolder('kubernetes'), `${overlay}.yaml`);
  writeFileSync(file, manifests);
  check(`${overlay}: ${kindsOf(manifests).length} manifests are as Kubernetes ${KUBERNETES} wants them`, await faultsOf(file));
  // Somewhere in the middle, so that every manifest of the file is known to be looked at.
  writeFileSync(file, manifests.replace('minAvailable:', 'minAvaliable:'));
  check(`${overlay}: one letter wrong in one of them is refused`, (await faultsOf(file)) === undefined ? 'it was let pass' : undefined);
  writeFileSync(file, manifests);
  const deployments = kindsOf(manifests).filter((kind) => kind === 'Deployment').length;
  check(`${overlay}: five services`, deployments === 5 ? undefined : `there are ${deployments}`);
  const secrets = kindsOf(manifests).filter((kind) => kind === 'Secret').length;
  check(`${overlay}: holds no secret`, secrets === 0 ? undefined : `there are ${secrets}`);
}

// Without this control, a validator that lets everything pass would look like manifests without a fault.
const misspelt = join(here, 'control/misspelt.yaml');
check('a misspelt field is refused', (await faultsOf(misspelt)) === undefined ? 'it was let pass' : undefined);
const corrected = join(cacheFolder('kubernetes'), 'corrected.yaml');
writeFileSync(corrected, readFileSync(misspelt, 'utf8').replace('readinesProbe', 'readinessProbe'));
check('and let pass once it is spelt right', await faultsOf(corrected));

console.log(`${passed} passed, ${failed} failed, 0 skipped`);
process.exitCode = failed === 0 ? 0 : 1;
