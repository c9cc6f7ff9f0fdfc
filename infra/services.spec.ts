import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { missingIn, placeCount } from './service-places.mjs';
import { contexts, serviceNames, services } from './services.mjs';

const root = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

describe('the services', () => {
  it.each(services)('B11 $name is named wherever a service has to be', (service) => expect(missingIn(service)).toEqual([]));

  it('B11 are all that there are', () => {
    const folders = readdirSync(join(root, 'services'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const alone = folders.map(({ name }) => name).filter((name) => !['standalone', 'portal'].includes(name));
    expect(alone.toSorted()).toEqual(serviceNames.toSorted());
  });

  it('B11 a service that nobody wired is refused at every place but those that name none', () => {
    const planted = { name: 'lost-and-found', publishes: true };
    // The port is one for all.
    expect(missingIn(planted)).toHaveLength(placeCount(planted) - 1);
  });

  it.each([
    'docker-compose.yml',
    'infra/compose/gateway/nginx.conf',
    'infra/compose/prometheus/prometheus.yml',
    'infra/kubernetes/base/ingress.yaml',
    'infra/kubernetes/base/kustomization.yaml',
    'services/standalone/src/services.ts',
    'tsconfig.json',
    'tsconfig.spec.json',
  ])('B11 a service that is missing in %s alone is refused there', (damaged) => {
    const withoutPlanning = (file: string) => (file === damaged ? read(file).replaceAll(/planning(?!-)/g, 'planing') : read(file));
    const missing = missingIn(services[2]!, withoutPlanning);
    expect(missing.length).toBeGreaterThan(0);
    expect(missing.every((one: string) => one.startsWith(`${damaged}: `))).toBe(true);
  });

  it('B11 the contexts are those that publish', () => expect(contexts).not.toContain('reporting'));
});
