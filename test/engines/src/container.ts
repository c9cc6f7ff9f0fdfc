import { randomBytes } from 'node:crypto';
import { GenericContainer, Wait } from 'testcontainers';
import type { StartedTestContainer } from 'testcontainers';
import type { EngineName } from './catalogue.js';
import { docker } from './docker.js';
import { sharedNetwork } from './network.js';
import { withoutReaper } from './reaper.js';

export const LOOPBACK = '127.0.0.1';

/** Everything that Waymark's suites start carries this label, so that what a crashed run left behind can be found. */
export const LABEL = 'waymark.engine';

type PortBindings = Record<string, { HostIp?: string; HostPort?: string }[]>;

/** Publishes every port on 127.0.0.1 alone; Testcontainers would take every address of the machine. */
export const onLoopback = (bindings: PortBindings): void => {
  for (const binding of Object.values(bindings).flat()) binding.HostIp = LOOPBACK;
};

class LocalContainer extends GenericContainer {
  protected override async beforeContainerCreated(): Promise<void> {
    onLoopback(this.hostConfig.PortBindings as PortBindings);
  }
}

export interface ContainerSpec {
  readonly engine: EngineName;
  readonly image: string;
  /** Told apart by it among engines of one kind; a random one where none is given. */
  readonly name?: string;
  /** Ports inside, and the one of 127.0.0.1 that each is published on. */
  readonly ports: ReadonlyMap<number, number>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
  readonly memoryGb?: number;
  /** Where the image's own module of Testcontainers is to be used. */
  readonly prepared?: GenericContainer;
}

/** A name that is free on this Docker engine, and by which others on the shared network reach the container. */
export const containerName = (engine: EngineName): string => `waymark-${engine}-${randomBytes(4).toString('hex')}`;

const dressed = async (spec: ContainerSpec): Promise<GenericContainer> => {
  const container = (spec.prepared ?? new LocalContainer(spec.image).withWaitStrategy(Wait.forAll([])))
    .withName(spec.name ?? containerName(spec.engine))
    .withLabels({ [LABEL]: spec.engine })
    .withNetworkMode(await sharedNetwork())
    .withEnvironment({ ...spec.environment })
    .withExposedPorts(...[...spec.ports].map(([inside, outside]) => ({ container: inside, host: outside })));
  if (spec.command) container.withCommand([...spec.command]);
  if (spec.memoryGb) container.withResourcesQuota({ memory: spec.memoryGb });
  return container;
};

/** Starts a container; whether the engine in it answers is for the caller to ask. */
export const startContainer = async (spec: ContainerSpec): Promise<StartedTestContainer> => {
  await withoutReaper();
  return (await dressed(spec)).start();
};

/** The last lines that a container wrote. */
export const logsOf = async (id: string, lines = 200): Promise<string> =>
  (await (await docker()).getContainer(id).logs({ stdout: true, stderr: true, tail: lines })).toString('utf8');
