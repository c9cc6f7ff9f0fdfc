import { createServer } from 'node:net';

// Below the range from which the kernel takes the ports of outgoing connections, so that nothing takes one while its engine is down.
const LOWEST = 20_000;
const HIGHEST = 29_999;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });

const handedOut = new Set<number>();

/** A port of 127.0.0.1 that nobody listens on, never the same twice in one process. */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST + 1));
    if (handedOut.has(port) || !(await isFree(port))) continue;
    handedOut.add(port);
    return port;
  }
};

export const freePorts = (count: number): Promise<number[]> => Promise.all(Array.from({ length: count }, freePort));
