// Breaks of the description, planted one by one between schemathesis and the platform: each has to be found.
import { createServer, request as ask } from 'node:http';

const list = '/api/reporting/overview';
const search = '/api/reporting/cases/search';

/** What is planted, where, and which check has to say so. */
export const controls = [
  { name: 'nothing, where nothing is planted,', path: list },
  {
    name: 'a server error',
    path: list,
    found: /ST101 /,
    answer: () => ({ status: 500, body: { type: 'x', title: 'x', status: 500, detail: 'x' } }),
  },
  { name: 'an undocumented status', path: list, found: /ST103 /, answer: () => ({ status: 418, body: {} }) },
  {
    name: 'an answer that breaks its schema',
    path: list,
    found: /violates schema/i,
    answer: () => ({ status: 200, body: { cases: 'many' } }),
  },
  {
    name: 'an invalid request that is taken',
    path: search,
    found: /ST201 /,
    answer: () => ({ status: 200, body: { items: [] } }),
  },
  {
    name: 'a valid request that is refused',
    path: search,
    found: /ST202 /,
    answer: () => ({ status: 400, body: { type: 'urn:x', title: 'x', status: 400, detail: 'x' } }),
  },
];

/** Hands everything on to the platform but what is planted. */
export const planted = async (address, { path, answer }) => {
  const server = createServer((request, response) => handOn({ address, path, answer }, request, response));
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((closed) => server.close(closed).closeAllConnections()),
  };
};

const handOn = (target, request, response) => {
  const { address, path, answer } = target;
  if (request.url.split('?')[0] === path && answer && ['GET', 'POST'].includes(request.method)) {
    const { status, body } = answer();
    const type = status >= 400 ? 'application/problem+json' : 'application/json';
    request.resume().on('end', () => response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body)));
    return;
  }
  // As it is, whatever its method: what the way itself broke would be taken for what was planted.
  const onward = ask(`${address}${request.url}`, { method: request.method, headers: request.headers }, (answered) => {
    response.writeHead(answered.statusCode, answered.headers);
    answered.pipe(response);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
};
