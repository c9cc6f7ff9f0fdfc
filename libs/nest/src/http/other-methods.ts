import type { FastifyInstance, HTTPMethods } from 'fastify';
import { problem } from '../problems/problem.js';

const methods: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY'];

type Http = Pick<FastifyInstance, 'addHook' | 'addHttpMethod' | 'route'>;

/**
 * Notes which methods each address takes, so that the others can be answered with 405 and Allow instead of "there is nothing here".
 * @returns to be called when every route is there
 */
export const refuseOtherMethods = (http: Http): (() => void) => {
  // Fastify refuses one without a content type as a body that cannot be read, before it checks whether the address takes the method.
  http.addHttpMethod('QUERY', { overrideExisting: true });
  const known = new Map<string, Set<string>>();
  let noting = true;
  http.addHook('onRoute', ({ method, url }) => {
    if (!noting) return;
    const taken = known.get(url) ?? new Set();
    for (const one of [method].flat()) taken.add(one.toUpperCase());
    known.set(url, taken);
  });
  return () => {
    noting = false;
    for (const [url, taken] of known) {
      // A route for all is Nest's own, not an address.
      const others = methods.filter((method) => !taken.has(method));
      if (url.includes('*') || others.length === 0) continue;
      refuseAt(http, url, { others, allow: [...taken].toSorted().join(', ') });
    }
  };
};

const refuseAt = (
  http: Http,
  url: string,
  { others, allow }: { readonly others: readonly HTTPMethods[]; readonly allow: string },
): void => {
  const { document } = problem(
    [405, 'method', 'Not possible at this address'],
    `This address takes ${allow}; what each does stands at /api.`,
  );
  http.route({
    method: [...others],
    url,
    // Before the body is read: whatever it holds, nothing is done with it.
    onRequest: async (_, reply) => reply.status(405).headers({ 'content-type': 'application/problem+json', allow }).send(document),
    handler: () => Promise.resolve(),
  });
};
