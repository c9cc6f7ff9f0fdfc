import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** What is measured. Labels are route templates, names of reactions and outcomes: nothing that identifies anybody. */
export const platformMetrics = () => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    requests: new Histogram({
      name: 'waymark_http_request_seconds',
      help: 'Duration of HTTP requests by route and status.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
    looks: new Counter({
      name: 'waymark_looks_total',
      help: 'Looks at personal data, by what was shown and whether it was allowed.',
      labelNames: ['shows', 'outcome'],
      registers,
    }),
    lag: new Gauge({
      name: 'waymark_reaction_lag',
      help: 'Events that a reaction has yet to take in.',
      labelNames: ['reaction'],
      registers,
    }),
    busLag: new Gauge({
      name: 'waymark_bus_lag',
      help: 'Messages on the bus that a consumer has yet to take in, over all processes of its service.',
      labelNames: ['reaction'],
      registers,
    }),
    engineUp: new Gauge({
      name: 'waymark_engine_up',
      help: 'Whether an engine that the service cannot do without answered when it was last asked.',
      labelNames: ['engine'],
      registers,
    }),
    passedOver: new Gauge({
      name: 'waymark_messages_passed_over',
      help: 'Messages that a consumer passed over since the process began, because nobody here knows their type (unknown-type) or version (unknown-version).',
      labelNames: ['reaction', 'type', 'because'],
      registers,
    }),
    parked: new Gauge({
      name: 'waymark_reaction_parked_cases',
      help: 'Cases that a reaction has parked.',
      labelNames: ['reaction'],
      registers,
    }),
  };
};
export type PlatformMetrics = ReturnType<typeof platformMetrics>;
