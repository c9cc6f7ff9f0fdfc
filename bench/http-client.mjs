// Asks a service over HTTP on connections that stay open, as many requests at once as there are.
import { Agent, request } from 'node:http';

const atOnce = 256;
/** Sooner than the services hang up on a connection that nobody uses, so that no request meets one that is just being closed. */
const idleMs = 2_000;

/**
 * Somebody who asks the service at a port.
 * @param {number} port
 * @param {string} identity as the development profile takes it
 */
export const clientOf = (port, identity) => {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce, timeout: idleMs });
  const own = { 'waymark-dev-identity': identity, 'if-match': '*' };
  const ask = (method, path, headers, body) =>
    new Promise((resolve, reject) => {
      const asked = request({ agent, host: '127.0.0.1', port, method, path, headers: { ...own, ...headers } }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part) => (text += part));
        answer.on('error', reject);
        answer.on('end', () => resolve({ status: answer.statusCode, text, position: answer.headers['waymark-position'] }));
      });
      asked.on('error', reject);
      asked.end(body);
    });
  return {
    get: (path, headers = {}) => ask('GET', path, headers),
    post: (path, body) => ask('POST', path, { 'content-type': 'application/json' }, JSON.stringify(body)),
    close: () => agent.destroy(),
  };
};
