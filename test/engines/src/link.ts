import type { Address } from './engine.js';

/** A link as Toxiproxy keeps it. */
export interface Wiring {
  readonly name: string;
  readonly listen: string;
  readonly upstream: string;
  readonly enabled: boolean;
}

/** What a link can suffer; times are milliseconds, `rate` is KB per second. `downstream` is what the client receives. */
export type Toxic = { readonly stream?: 'upstream' | 'downstream'; readonly toxicity?: number } & (
  | { readonly type: 'latency'; readonly attributes: { readonly latency: number; readonly jitter?: number } }
  | { readonly type: 'bandwidth'; readonly attributes: { readonly rate: number } }
  /** Nothing passes, and the connection is closed after `timeout`; at 0 it stays half open until the toxic goes. */
  | { readonly type: 'timeout'; readonly attributes: { readonly timeout: number } }
  | { readonly type: 'reset_peer'; readonly attributes: { readonly timeout: number } }
  | { readonly type: 'slow_close'; readonly attributes: { readonly delay: number } }
  | {
      readonly type: 'slicer';
      readonly attributes: { readonly average_size: number; readonly size_variation?: number; readonly delay?: number };
    }
  /** The connection closes once so many bytes have passed: an answer lost half way. */
  | { readonly type: 'limit_data'; readonly attributes: { readonly bytes: number } }
);

export interface Link extends Address {
  /** Adds a toxic, beside those that are there. */
  add(toxic: Toxic): Promise<void>;
  /** Takes every toxic away. */
  heal(): Promise<void>;
  /** Breaks every connection and refuses new ones. */
  cut(): Promise<void>;
  mend(): Promise<void>;
}

type Call = (method: string, path: string, body?: unknown) => Promise<Response>;

export const linkOn = ({ name }: Wiring, address: Address, call: Call): Link => {
  const path = `/proxies/${name}`;
  return {
    ...address,
    add: async (toxic) => void (await call('POST', `${path}/toxics`, toxic)),
    heal: async () => {
      const toxics = (await (await call('GET', `${path}/toxics`)).json()) as { name: string }[];
      for (const toxic of toxics) await call('DELETE', `${path}/toxics/${toxic.name}`);
    },
    cut: async () => void (await call('POST', path, { enabled: false })),
    mend: async () => void (await call('POST', path, { enabled: true })),
  };
};
