import { KurrentDbContainer } from '@testcontainers/kurrentdb';
import { imageOf } from './available.js';
import { onLoopback } from './container.js';
import { announce, at, onPort, startNode } from './engine.js';
import type { Address, Engine } from './engine.js';
import type { Link } from './link.js';
import { freePort } from './ports.js';
import type { Toxiproxy } from './toxiproxy.js';

const PORT = 2113;

export interface KurrentDbOptions {
  /** Puts a link of this Toxiproxy before it: `url` then leads through the link. */
  readonly behind?: Toxiproxy;
}

export interface KurrentDb extends Engine {
  readonly url: string;
  /** Past the link, where there is one. */
  readonly directUrl: string;
  /** On the shared network. */
  readonly inside: Address;
  readonly link?: Link;
}

class LocalKurrentDb extends KurrentDbContainer {
  protected override async beforeContainerCreated(): Promise<void> {
    onLoopback(this.hostConfig.PortBindings as Record<string, { HostIp?: string }[]>);
  }
}

const urlOf = (address: Address): string => `kurrentdb://${at(address)}?tls=false`;

const versionAt = async (address: Address): Promise<string> => {
  const answer = await fetch(`http://${at(address)}/info`, { signal: AbortSignal.timeout(2_000) });
  if (!answer.ok) throw new Error(`/info answers ${answer.status}`);
  const { dbVersion, esVersion } = (await answer.json()) as { dbVersion?: string; esVersion?: string };
  return dbVersion ?? esVersion ?? 'unknown';
};

export const startKurrentDb = async ({ behind }: KurrentDbOptions = {}): Promise<KurrentDb> => {
  const image = await imageOf('kurrentdb');
  const address = onPort(await freePort());
  const spec = { engine: 'kurrentdb' as const, image, ports: new Map([[PORT, address.port]]), prepared: new LocalKurrentDb(image) };
  const { node, answer } = await startNode(spec, () => versionAt(address));
  const inside = { host: node.inside, port: PORT };
  const link = await behind?.link(inside);
  const url = urlOf(link ?? address);
  const directUrl = urlOf(address);
  return announce(
    { ...node, name: 'kurrentdb', image, version: answer, url, directUrl, inside, ...(link ? { link } : {}) },
    at(link ?? address),
  );
};
