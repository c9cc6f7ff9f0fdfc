// A client that costs little beside what it measures: sockets kept open, each sending one request after the other.
import { connect } from 'node:net';

const lengthOf = (head) => Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN);

/** Sends the same kind of request `count` times over `connections` sockets; every answer has to be 201. */
export const post = async ({ port, path, headers, bodyOf, count, connections }) => {
  let left = count;
  const lines = Object.entries({ host: `127.0.0.1:${port}`, 'content-type': 'application/json', ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const next = () => {
    const body = bodyOf();
    return `POST ${path} HTTP/1.1\r\n${lines.join('')}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  };
  const one = () =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      let buffered = '';
      const send = () => {
        if (left <= 0) return socket.end(resolve);
        left -= 1;
        return socket.write(next());
      };
      socket.setNoDelay(true).setEncoding('latin1');
      socket.on('error', reject);
      socket.on('close', () => reject(new Error('the server closed the connection')));
      socket.on('connect', send);
      socket.on('data', (text) => {
        buffered += text;
        const end = buffered.indexOf('\r\n\r\n');
        if (end < 0 || buffered.length < end + 4 + lengthOf(buffered)) return;
        const status = buffered.slice(9, 12);
        if (status !== '201') return reject(new Error(`answered ${buffered.slice(0, 800)}`));
        buffered = buffered.slice(end + 4 + lengthOf(buffered));
        send();
      });
    });
  await Promise.all(Array.from({ length: connections }, one));
};
