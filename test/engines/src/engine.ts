import type { StartedTestContainer } from 'testcontainers';
import { catalogue } from './catalogue.js';
import type { EngineName } from './catalogue.js';
import { LOOPBACK, logsOf, startContainer } from './container.js';
import type { ContainerSpec } from './container.js';
import { docker } from './docker.js';
import { sharedNetwork } from './network.js';
import { EngineEnded, untilAnswered } from './probe.js';

/** What a suite can do to an engine. Addresses and data stay the same through all of it, until `stop`. */
export interface Faults {
  /** Ends it at once, as a power cut would: nothing is flushed. */
  kill(): Promise<void>;
  /** Starts it again, killed or running, and waits until it answers. */
  restart(): Promise<void>;
  /** Freezes it: connections stay open, and nothing answers. */
  pause(): Promise<void>;
  unpause(): Promise<void>;
  /** Takes it off the network: open connections break, new ones are refused, the engine itself runs on. */
  cutOff(): Promise<void>;
  reconnect(): Promise<void>;
  /** Ends and removes it, in whatever state it is. */
  stop(): Promise<void>;
}

export interface Engine extends Faults {
  readonly name: EngineName;
  readonly image: string;
  /** As the engine itself told it. */
  readonly version: string;
  /** The last lines it wrote. */
  logs(): Promise<string>;
}

/** Where something listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface Node extends Faults {
  /** As others on the shared network see it: the container's name. */
  readonly inside: string;
  logs(): Promise<string>;
}

const START_LIMIT_MS = 120_000;

const faultsOf = (container: StartedTestContainer, answered: () => Promise<unknown>): Faults => {
  const of = async () => (await docker()).getContainer(container.getId());
  const network = async () => (await docker()).getNetwork(await sharedNetwork());
  const id = container.getId();
  return {
    kill: async () => void (await (await of()).kill()),
    restart: async () => {
      await (await of()).restart({ t: 0 });
      await answered();
    },
    pause: async () => void (await (await of()).pause()),
    unpause: async () => void (await (await of()).unpause()),
    cutOff: async () => void (await (await network()).disconnect({ Container: id, Force: true })),
    reconnect: async () => {
      await (await network()).connect({ Container: id });
      await answered();
    },
    stop: async () => void (await (await of()).remove({ force: true, v: true })),
  };
};

/** Starts one container and waits until `ask` is answered. It is removed again when it is not. */
export const startNode = async <T>(spec: ContainerSpec, ask: (id: string) => Promise<T>): Promise<{ node: Node; answer: T }> => {
  const container = await startContainer(spec);
  const id = container.getId();
  const what = `${catalogue[spec.engine].title} (${spec.image})`;
  const askWhileItRuns = (): Promise<T> =>
    ask(id).catch(async (cause: unknown) => {
      const { State } = await (await docker()).getContainer(id).inspect();
      if (State.Running) throw cause;
      throw new EngineEnded(`${what} ended with code ${State.ExitCode} instead of answering`, { cause });
    });
  const answered = async (): Promise<T> => {
    try {
      return await untilAnswered(what, askWhileItRuns, START_LIMIT_MS);
    } catch (error) {
      throw new Error(`${String(error)}\nIts last words:\n${await logsOf(id)}`, { cause: error });
    }
  };
  const node = { ...faultsOf(container, answered), inside: container.getName().replace(/^\//, ''), logs: () => logsOf(id) };
  try {
    return { node, answer: await answered() };
  } catch (error) {
    await node.stop();
    throw error;
  }
};

/** Says which engine a suite has met. */
export const announce = <T extends Engine>(engine: T, where: string): T => {
  process.stdout.write(`engine: ${catalogue[engine.name].title} ${engine.version}, image ${engine.image}, at ${where}\n`);
  return engine;
};

export const at = ({ host, port }: Address): string => `${host}:${port}`;
export const onPort = (port: number): Address => ({ host: LOOPBACK, port });
