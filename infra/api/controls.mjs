// Breaks of the description, planted one by one between schemathesis and the platform: each has to be found.
import { createServer } from 'node:http';

const list = '/api/reporting/overview';
const search = '/api/reporting/cases/search';

/** What is planted, where, and which check has to say so. */
export const controls = [
  {
    name: 'a server error',
    path: list,
    found: /Server error/i,
    answer: () => ({ status: 500, body: { type: 'x', title: 'x', status: 500, detail: 'x' } }),
  },
  { name: 'an undocumented status', path: list, found: /Undocumented HTTP status code/i, answer: () => ({ status: 418, body: {} }) },
  {
    name: 'an answer that breaks its schema',
    path: list,
    found: /violates schema/i,
    answer: () => ({ status: 200, body: { cases: 'many' } }),
  },
  {
    name: 'an invalid request that is taken',
    path: search,
    found: /accepted schema-violating request/i,
    answer: () => ({ status: 200, body: { items: [] } }),
  },
  {
    name: 'a valid request that is refused',
    path: search,
    found: /rejected schema-compliant request/i,
    answer: () => ({ status: 400, body: { type: 'urn:x', title: 'x', status: 400, detail: 'x' } }),
  },
];

/** Hands everything on to the platform but what is planted. */
export const planted = async (address, { path, answer }) => {
  const server = createServer((request, response) => void handOn({ address, path, answer }, request, response));
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((closed) => server.close(closed).closeAllConnections()),
  };
};

const handOn = async ({ address, path, answer }, request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  if (request.url.split('?')[0] === path && ['GET', 'POST'].includes(request.method)) {
    const { status, body } = answer();
    const type = status >= 400 ? 'application/problem+json' : 'application/json';
    response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
    return;
  }
  const { host: _, connection: __, ...headers } = request.headers;
  const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined;
  const answered = await fetch(`${address}${request.url}`, { method: request.method, headers, body }).catch(() => undefined);
  if (!answered) return void response.writeHead(502).end();
  const text = Buffer.from(await answered.arrayBuffer());
  response.writeHead(answered.status, { 'content-type': answered.headers.get('content-type') ?? 'text/plain' }).end(text);
};
