// The images there are, and what lies ready in the folder of each before it is built.
import { copyFileSync, cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './cache.mjs';
import { goTool } from './go-tools.mjs';
import { serviceNames } from '../services.mjs';
import { kafkaJars } from './maven.mjs';

const KAFKA = '4.4.0';
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const binary = (name) => async (folder) => copyFileSync(await goTool(name), join(folder, name));

/** What the official images stand for where they can be pulled. */
export const engines = {
  postgres: { tag: 'waymark-postgres:15', official: 'postgres:17', base: 'engines' },
  kafka: {
    tag: `waymark-kafka:${KAFKA}`,
    official: 'apache/kafka:4.3.1',
    base: 'engines',
    prepare: async (folder) => cpSync(await kafkaJars(KAFKA), join(folder, 'libs'), { recursive: true }),
  },
  ferretdb: { tag: 'waymark-ferretdb:1.24.2', official: 'mongo:8', base: 'engines', prepare: binary('ferretdb') },
  toxiproxy: { tag: 'waymark-toxiproxy:2.12.0', official: 'ghcr.io/shopify/toxiproxy:2.12.0', prepare: binary('toxiproxy') },
  nginx: { tag: 'waymark-nginx:1.22', official: 'nginx:1.29-alpine', base: 'engines' },
  prometheus: { tag: 'waymark-prometheus:2.42', official: 'prom/prometheus:v3.5.0', base: 'engines' },
};

/** Not to be had of packages: these suites and dashboards need the official image. */
export const officialOnly = {
  'MongoDB itself': 'mongo:8',
  KurrentDB: 'docker.kurrent.io/kurrent-latest/kurrentdb:25.1',
  Grafana: 'grafana/grafana-oss:12.2.0',
};

export const node = { official: process.env.WAYMARK_IMAGE_NODE || 'node:24-bookworm-slim', tag: 'waymark-node:24' };

export const services = [...serviceNames, 'standalone'];
export const tagOfService = (name) => `waymark-${name}:${version}`;

/** The layer that all services share. */
export const packagesTag = `waymark-packages:${version}`;
