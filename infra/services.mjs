// The one list of the services. What is written in TypeScript or JavaScript takes it from here; every other place that has to name each of them
// stands in service-places.mjs, and a test compares.

/** `publishes`: others hear of it, so that it has a lib of contracts beside its domain, and a topic. */
export const services = [
  { name: 'referral', publishes: true },
  { name: 'assessment', publishes: true },
  { name: 'planning', publishes: true },
  { name: 'targeted-support', publishes: true },
  // Reads the record itself, with the domains of all others.
  { name: 'reporting', publishes: false },
];

export const serviceNames = services.map(({ name }) => name);
/** Those that own a part of the practice. */
export const contexts = services.filter(({ publishes }) => publishes).map(({ name }) => name);
/** Where each of them listens in a deployment. */
export const servicePort = 3000;
