import { createProjectGraphAsync, readCachedProjectGraph } from '@nx/devkit';

/**
 * Makes sure that Nx's graph of the projects is there and fresh. Without it the rule of the module boundaries skips itself
 * with a line on stdout, and a broken boundary passes. Under `nx run` the graph has just been made.
 * @throws when the graph cannot be made
 */
export const ensureProjectGraph = async () => {
  if (process.env.NX_TASK_TARGET_TARGET) return readCachedProjectGraph();
  process.env.NX_DAEMON ??= 'false';
  return createProjectGraphAsync({ exitOnError: false, resetDaemonClient: true });
};
