// Who may import whom. The tags stand in each project.json: `type:` says what a project is, `scope:` whose it is.

import { contexts } from '../../infra/services.mjs';

/** Each type of project, and the types it may import. */
const types = {
  kernel: ['kernel'],
  async: ['async'],
  policy: ['kernel', 'policy'],
  domain: ['kernel', 'policy', 'domain'],
  contracts: ['kernel', 'policy'],
  engine: ['kernel', 'policy', 'domain', 'engine', 'async'],
  nest: ['kernel', 'policy', 'domain', 'engine', 'nest', 'async'],
  program: ['*'],
  testing: ['kernel', 'policy', 'domain', 'engine', 'testing', 'async'],
  service: ['kernel', 'policy', 'domain', 'contracts', 'engine', 'nest', 'async'],
  app: ['kernel', 'policy', 'domain', 'contracts', 'engine', 'nest', 'service', 'app', 'async'],
};

/** The framework and the engines: none of them is known to the practice. */
const enginesAndFramework = [
  '@nestjs/*',
  '@fastify/*',
  'fastify',
  'rxjs',
  'reflect-metadata',
  'class-validator',
  'class-transformer',
  'kafkajs',
  '@platformatic/kafka',
  'mongoose',
  'mongodb',
  'pg',
  '@kurrent/*',
  'pino',
  'prom-client',
];

const pureTypes = ['kernel', 'async', 'policy', 'domain', 'contracts'];

const byType = (alsoTesting) =>
  Object.entries(types).map(([type, allowed]) => ({
    sourceTag: `type:${type}`,
    onlyDependOnLibsWithTags: [...allowed, ...(alsoTesting ? ['testing'] : [])].map((name) => `type:${name}`),
    ...(pureTypes.includes(type) ? { bannedExternalImports: enginesAndFramework } : {}),
  }));

/** A context sees its own parts, what is shared, and of the other contexts only what they publish. */
const byScope = [
  { sourceTag: 'scope:shared', onlyDependOnLibsWithTags: ['scope:shared'] },
  ...contexts.flatMap((context) => [
    { allSourceTags: ['type:domain', `scope:${context}`], onlyDependOnLibsWithTags: [`scope:${context}`, 'scope:shared'] },
    { allSourceTags: ['type:contracts', `scope:${context}`], onlyDependOnLibsWithTags: [`scope:${context}`, 'scope:shared'] },
    {
      allSourceTags: ['type:service', `scope:${context}`],
      onlyDependOnLibsWithTags: [`scope:${context}`, 'scope:shared', 'type:contracts'],
    },
  ]),
  // Reporting reads the log itself, with every context's pure lib.
  { allSourceTags: ['type:service', 'scope:reporting'], onlyDependOnLibsWithTags: ['scope:shared', 'type:domain', 'type:contracts'] },
];

const options = ({ alsoTesting = false, allow = [] }) => ({
  allow,
  checkDynamicDependenciesExceptions: ['.*'],
  depConstraints: [...byType(alsoTesting), ...byScope],
});

// To Nx a service is an application, which nobody imports. The one process of all services is made of them.
const services = ['^@waymark/[a-z-]+-service$'];

export const boundariesOfSources = options({});
export const boundariesOfSpecs = options({ alsoTesting: true });
export const boundariesOfStandalone = options({ allow: services });
export const boundariesOfSpecsOfStandalone = options({ alsoTesting: true, allow: services });
