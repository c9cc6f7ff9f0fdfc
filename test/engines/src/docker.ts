import { getContainerRuntimeClient } from 'testcontainers';
import type { ContainerRuntimeClient } from 'testcontainers';
import { messageOf } from './messages.js';

export type Docker = ContainerRuntimeClient['container']['dockerode'];

export interface NoEngine {
  readonly why: string;
}

let found: Promise<Docker | NoEngine> | undefined;

/** The Docker engine that Testcontainers finds (DOCKER_HOST, or the usual sockets), or why there is none. Asked once per process. */
export const findDocker = (): Promise<Docker | NoEngine> => {
  found ??= getContainerRuntimeClient().then(
    (client) => client.container.dockerode,
    (error: unknown) => ({ why: `no Docker engine answers (${messageOf(error)})` }),
  );
  return found;
};

export const isMissing = (docker: Docker | NoEngine): docker is NoEngine => 'why' in docker;

/** @throws when no Docker engine answers */
export const docker = async (): Promise<Docker> => {
  const answer = await findDocker();
  if (isMissing(answer)) throw new Error(answer.why);
  return answer;
};
