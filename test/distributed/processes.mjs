// Each service as processes of its own, as a deployment runs them.
import { join } from 'node:path';
import { startChild } from '../proof/child.mjs';
import { serviceNames } from '../../infra/services.mjs';

export { serviceNames };

const root = join(import.meta.dirname, '..', '..');

/**
 * Starts one process of a service on the engines that the environment names.
 * @param {{ service: string, env: Record<string, string>, program?: string, args?: readonly string[], listens?: boolean }} how
 *   `listens`: whether it is told something later
 */
export const startProcess = ({ service, program = join(root, 'services', service, 'dist', 'main.js'), ...how }) => ({
  service,
  ...startChild({ program, ...how }),
});

/** @throws Error with what it said, when it ended before it served */
export const untilServing = async (process) => {
  const port = await process.port;
  if (port !== undefined) return port;
  throw new Error(`${process.service} ended before it served:\n${process.said.out}\n${process.said.err}`);
};

/**
 * Starts every service, in so many replicas each.
 * @param {{ env: Record<string, string>, replicas?: number }} how
 */
export const startServices = async ({ env, replicas = 1 }) => {
  const processes = serviceNames.flatMap((service) => Array.from({ length: replicas }, () => startProcess({ service, env })));
  const stop = () => Promise.all(processes.map((process) => process.stop()));
  try {
    const ports = {};
    for (const process of processes) ports[process.service] = [...(ports[process.service] ?? []), await untilServing(process)];
    return { ports, processes, stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
};
