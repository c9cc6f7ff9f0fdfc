// Every place that names each service by hand. One that lacks a service fails where nobody looks: no route, no image, no measurements.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { servicePort } from './services.mjs';

const root = join(import.meta.dirname, '..');
const fromRoot = (file) => (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined);

/** A list in an expression: each alternative of every group that begins with a name. */
const everyGroup = (text, name) =>
  [...text.matchAll(/\(\?<service>([a-z|-]+)\)/g)].map(([, names]) => names.split('|')).every((names) => names.includes(name));
const inUpperCase = (name) => name.toUpperCase().replaceAll('-', '_');
const inCamelCase = (name) => name.replaceAll(/-(.)/g, (_, letter) => letter.toUpperCase());

/** What a file has to say of a service. `only`: of those that publish. */
const places = [
  ['docker-compose.yml', 'a container', (text, { name }) => new RegExp(`^  ${name}:$`, 'm').test(text)],
  ['docker-compose.yml', 'its image', (text, { name }) => text.includes(`\${WAYMARK_IMAGE_${inUpperCase(name)}:-waymark-${name}:`)],
  ['docker-compose.yml', 'the gateway waits for it', (text, { name }) => text.includes(`      ${name}: { condition: service_healthy }`)],
  ['infra/compose/gateway/nginx.conf', 'its addresses', (text, { name }) => everyGroup(text, name)],
  ['infra/compose/gateway/nginx.conf', 'its port', (text) => text.includes(`http://$service:${servicePort}`)],
  [
    'infra/compose/prometheus/prometheus.yml',
    'its measurements',
    (text, { name }) => (/names: \[([^\]]*)\]/.exec(text)?.[1] ?? '').split(', ').includes(name),
  ],
  ['infra/kubernetes/base/kustomization.yaml', 'it is deployed', (text, { name }) => text.includes(`\n  - ${name}\n`)],
  ['infra/kubernetes/base/ingress.yaml', 'its address', (text, { name }) => text.includes(`path: /api/${name},`)],
  ['infra/kubernetes/base/ingress.yaml', 'who answers', (text, { name }) => text.includes(`service: { name: waymark-${name},`)],
  [
    ({ name }) => `infra/kubernetes/base/${name}/kustomization.yaml`,
    'its image',
    (text, { name }) => text.includes(`newName: waymark-${name}\n`),
  ],
  [({ name }) => `services/${name}/src/main.ts`, 'it starts alone', (text) => text.includes('runService(')],
  [({ name }) => `services/${name}/project.json`, 'its scope', (text, { name }) => text.includes(`"scope:${name}"`)],
  [
    'services/standalone/src/services.ts',
    'it is part of the one process',
    (text, { name }) => text.includes(`  ${inCamelCase(name)}Service,`),
  ],
  ['services/standalone/package.json', 'it is a dependency', (text, { name }) => text.includes(`"@waymark/${name}-service"`)],
  ['tsconfig.json', 'it is built', (text, { name }) => text.includes(`"./services/${name}/tsconfig.lib.json"`)],
  ['tsconfig.spec.json', 'its tests are checked', (text, { name }) => text.includes(`"./services/${name}/tsconfig.spec.json"`)],
  [
    'tsconfig.json',
    'its domain is built',
    (text, { name }) => text.includes(`"./libs/contexts/${name}/domain/tsconfig.lib.json"`),
    'publishes',
  ],
  [
    'tsconfig.json',
    'its contracts are built',
    (text, { name }) => text.includes(`"./libs/contexts/${name}/contracts/tsconfig.lib.json"`),
    'publishes',
  ],
  [
    ({ name }) => `libs/contexts/${name}/domain/project.json`,
    'its scope',
    (text, { name }) => text.includes(`"scope:${name}"`),
    'publishes',
  ],
  [
    ({ name }) => `libs/contexts/${name}/contracts/project.json`,
    'its scope',
    (text, { name }) => text.includes(`"scope:${name}"`),
    'publishes',
  ],
];

/**
 * The places that lack a service, each with what is missing there.
 * @param {{ name: string, publishes: boolean }} service
 * @param {(file: string) => string | undefined} read
 */
export const missingIn = (service, read = fromRoot) =>
  places
    .filter(([, , , only]) => only === undefined || service[only])
    .map(([where, what, says]) => [typeof where === 'function' ? where(service) : where, what, says])
    .filter(([file, , says]) => {
      const text = read(file);
      return text === undefined || !says(text, service);
    })
    .map(([file, what]) => `${file}: ${what}`);

export const placeCount = ({ publishes }) => places.filter(([, , , only]) => only === undefined || publishes).length;
