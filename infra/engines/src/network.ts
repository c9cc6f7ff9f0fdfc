import { docker } from './docker.js';
import type { Docker } from './docker.js';

const NAME = 'waymark-engines';

const idsOf = async (engine: Docker): Promise<string[]> =>
  (await engine.listNetworks({ filters: { name: [NAME] } }))
    .filter(({ Name }) => Name === NAME)
    .map(({ Id }) => Id)
    .sort();

const join = async (): Promise<string> => {
  const engine = await docker();
  if ((await idsOf(engine)).length === 0) await engine.createNetwork({ Name: NAME, Driver: 'bridge' });
  // Two processes may have made it at once: both take the first.
  const [first] = await idsOf(engine);
  if (first === undefined) throw new Error(`The network ${NAME} went away while it was made`);
  return first;
};

let joined: Promise<string> | undefined;

/** The id of the network on which engines find each other by name; made once, and kept for the next run. */
export const sharedNetwork = (): Promise<string> => (joined ??= join());
