import mongoose from 'mongoose';
import { imageOf } from './available.js';
import { announce, at, onPort, startNode } from './engine.js';
import type { Address, Engine } from './engine.js';
import type { Link } from './link.js';
import { freePort } from './ports.js';
import type { Toxiproxy } from './toxiproxy.js';

const PORT = 27_017;

export interface MongoOptions {
  /** Takes MongoDB itself or nothing; otherwise whatever speaks its protocol. */
  readonly itself?: boolean;
  /** Puts a link of this Toxiproxy before it: `url` then leads through the link. */
  readonly behind?: Toxiproxy;
}

export interface Mongo extends Engine {
  /** Without a database; anybody may do everything. */
  readonly url: string;
  /** Past the link, where there is one. */
  readonly directUrl: string;
  /** On the shared network. */
  readonly inside: Address;
  readonly link?: Link;
}

const urlOf = (address: Address): string => `mongodb://${at(address)}/?directConnection=true`;

interface BuildInfo {
  readonly version: string;
  /** FerretDB adds its own name to the version of MongoDB that it stands for. */
  readonly ferretdbVersion?: unknown;
}

const versionOf = ({ version, ferretdbVersion }: BuildInfo): string =>
  ferretdbVersion === undefined ? version : `${version} as FerretDB speaks it`;

const versionAt = async (url: string): Promise<string> => {
  const client = new mongoose.mongo.MongoClient(url, { serverSelectionTimeoutMS: 2_000, connectTimeoutMS: 2_000 });
  try {
    return versionOf((await client.db('admin').command({ buildInfo: 1 })) as unknown as BuildInfo);
  } finally {
    await client.close();
  }
};

export const startMongo = async ({ itself = false, behind }: MongoOptions = {}): Promise<Mongo> => {
  const name = itself ? ('mongodb' as const) : ('mongo' as const);
  const image = await imageOf(name);
  const port = await freePort();
  const directUrl = urlOf(onPort(port));
  const { node, answer } = await startNode({ engine: name, image, ports: new Map([[PORT, port]]) }, () => versionAt(directUrl));
  const inside = { host: node.inside, port: PORT };
  const link = await behind?.link(inside);
  const url = link ? urlOf(link) : directUrl;
  return announce({ ...node, name, image, version: answer, url, directUrl, inside, ...(link ? { link } : {}) }, at(link ?? onPort(port)));
};
