import { imageOf } from './available.js';
import { announce, at, onPort, startNode } from './engine.js';
import type { Address, Engine } from './engine.js';
import { freePorts } from './ports.js';
import { linkOn } from './link.js';
import type { Link, Wiring } from './link.js';

/** How many links one Toxiproxy can hold: its ports are published when it starts. */
const LINKS = 12;
const API_PORT = 8474;

export interface Toxiproxy extends Engine {
  /** Puts a link before an engine: who connects to it reaches `upstream` (a name and port on the shared network). */
  link(upstream: Address): Promise<Link>;
  /** A port of 127.0.0.1 to be wired later, for an engine that has to know its address before it starts. */
  reserve(): { readonly address: Address; wire(upstream: Address): Promise<Link> };
}

export const startToxiproxy = async (): Promise<Toxiproxy> => {
  const image = await imageOf('toxiproxy');
  const [api = 0, ...ports] = await freePorts(LINKS + 1);
  const url = `http://127.0.0.1:${api}`;
  const wired: Wiring[] = [];
  const free = [...ports];

  const call = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const answer = await fetch(`${url}${path}`, { method, body: body === undefined ? null : JSON.stringify(body) });
    if (!answer.ok) throw new Error(`Toxiproxy refused ${method} ${path}: ${await answer.text()}`);
    return answer;
  };
  // A restarted Toxiproxy has forgotten its links.
  const versionAndLinks = async (): Promise<string> => {
    const { version } = (await (await call('GET', '/version')).json()) as { version: string };
    if (wired.length > 0) await call('POST', '/populate', wired);
    return version.replace(/^v/, '');
  };

  const published = [[API_PORT, api] as const, ...ports.map((port) => [port, port] as const)];
  const { node, answer } = await startNode(
    { engine: 'toxiproxy', image, ports: new Map(published), command: ['-host=0.0.0.0'], memoryGb: 0.25 },
    versionAndLinks,
  );

  const reserve = () => {
    const port = free.shift();
    if (port === undefined) throw new Error(`One Toxiproxy holds ${LINKS} links`);
    const wire = async (upstream: Address): Promise<Link> => {
      const wiring = { name: `link-${port}`, listen: `0.0.0.0:${port}`, upstream: at(upstream), enabled: true };
      wired.push(wiring);
      await call('POST', '/proxies', wiring);
      return linkOn(wiring, onPort(port), call);
    };
    return { address: onPort(port), wire };
  };

  return announce({ ...node, name: 'toxiproxy', image, version: answer, reserve, link: (upstream) => reserve().wire(upstream) }, url);
};
