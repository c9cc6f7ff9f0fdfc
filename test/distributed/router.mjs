// One address in front of services that run apart, as the gateway of a deployment gives it: each request goes to its service, the replicas of a
// service take turns, and a clock is set in every replica.
import { Agent, createServer, request } from 'node:http';

/** Which service an address belongs to: pages and descriptions are reporting's. */
export const serviceOf = (url) => /^\/(?:api|dev)\/([a-z-]+)\//.exec(url)?.[1] ?? 'reporting';
const clockOf = (url) => /^\/dev\/[a-z-]+\/clock$/.test(url);

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

const forward = ({ method, headers }, { port, path, body }) =>
  new Promise((resolve, reject) => {
    const asked = request({ agent, host: '127.0.0.1', port, method, path, headers }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('error', reject);
      answer.on('close', () =>
        answer.complete
          ? resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) })
          : reject(new Error('the answer was cut off')),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });

const bodyOf = async (incoming) => {
  const parts = [];
  for await (const part of incoming) parts.push(part);
  return Buffer.concat(parts);
};

const positionOf = ({ headers }) => String(headers['waymark-position'] ?? '');

/**
 * @param {() => Readonly<Record<string, readonly number[]>>} portsOf the ports of each service's replicas, as they are now
 * @returns {Promise<{ address: string, close: () => Promise<void> }>}
 */
export const openRouter = async (portsOf) => {
  let turn = 0;
  const answerOf = async (incoming) => {
    const service = serviceOf(incoming.url);
    const ports = portsOf()[service] ?? [];
    if (ports.length === 0) throw new Error(`no replica of ${service} runs`);
    const body = await bodyOf(incoming);
    if (!clockOf(incoming.url)) return forward(incoming, { port: ports[(turn += 1) % ports.length], path: incoming.url, body });
    const answers = await Promise.all(ports.map((port) => forward(incoming, { port, path: '/dev/clock', body })));
    return answers.reduce((newest, answer) => (positionOf(answer) > positionOf(newest) ? answer : newest));
  };
  const server = createServer((incoming, outgoing) => {
    answerOf(incoming).then(
      ({ status, headers, body }) => outgoing.writeHead(status, headers).end(body),
      (error) => {
        // What was cut off below is cut off above: whether it took effect is not known.
        if (/cut off|ECONNRESET|socket hang up/.test(error.message)) outgoing.destroy();
        else
          outgoing
            .writeHead(503, { 'content-type': 'application/problem+json' })
            .end(JSON.stringify({ status: 503, detail: error.message }));
      },
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
};
