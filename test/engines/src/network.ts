import { setTimeout as sleep } from 'node:timers/promises';
import { docker } from './docker.js';
import type { Docker } from './docker.js';

const NAME = 'waymark-engines';

/** The oldest first. */
const idsOf = async (engine: Docker): Promise<string[]> =>
  (await engine.listNetworks({ filters: { name: [NAME] } }))
    .filter(({ Name }) => Name === NAME)
    .sort((one, other) => Date.parse(one.Created) - Date.parse(other.Created) || (one.Id < other.Id ? -1 : 1))
    .map(({ Id }) => Id);

const made = async (engine: Docker): Promise<string | undefined> => {
  try {
    return (await engine.createNetwork({ Name: NAME, Driver: 'bridge', CheckDuplicate: true })).id;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 409) return undefined;
    throw error;
  }
};

const join = async (): Promise<string> => {
  const engine = await docker();
  const mine = (await idsOf(engine)).length === 0 ? await made(engine) : undefined;
  // Two processes may have made it at once: both take the first, and whose is not takes it away, because containers cannot join one of two of a name.
  const [first] = await idsOf(engine);
  if (first === undefined) throw new Error(`The network ${NAME} went away while it was made`);
  if (mine !== undefined && mine !== first) await engine.getNetwork(mine).remove();
  for (let looks = 0; (await idsOf(engine)).length > 1 && looks < 100; looks += 1) await sleep(100);
  return first;
};

let joined: Promise<string> | undefined;

/** The id of the network on which engines find each other by name; made once, and kept for the next run. */
export const sharedNetwork = (): Promise<string> => (joined ??= join());
