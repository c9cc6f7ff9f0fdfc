import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const manifests = globSync(['libs/*/package.json', 'libs/contexts/*/*/package.json', 'services/*/package.json'], {
  exclude: ['**/node_modules'],
});
/** Domain and contracts of a context share its page. */
const pageOf = (manifest: string): string => dirname(manifest.replace(/\/(domain|contracts)\/package\.json$/, '/package.json'));
const projects = [...new Set(manifests.map(pageOf))].sort();

/** Half a page of one form beside each service and library: what it is, what it holds, what it gives to others, how its specs are run. */
const sectionsOf = (project: string): readonly string[] => {
  const path = `${project}/README.md`;
  if (!existsSync(path)) return ['(no README.md)'];
  return [...readFileSync(path, 'utf8').matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading);
};
const formOf = (project: string): readonly string[] => [
  'What it holds',
  project.startsWith('services/') ? 'What it publishes' : 'What it offers',
  'Specs',
];

describe('The page beside a service or library', () => {
  it.each(projects)('%s has one, of the one form', (project) => {
    expect(sectionsOf(project)).toEqual(formOf(project));
  });

  it('is missed where it is not there', () => {
    expect(sectionsOf('libs/nothing')).not.toEqual(formOf('libs/nothing'));
  });
});
