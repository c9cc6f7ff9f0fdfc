// Kills a process at aimed moments, starts it again each time, and checks what is left.
import { seededRandom } from '../proof/seeded-random.mjs';
import { variants } from './broken.mjs';
import { World } from './world.mjs';

const consumers = ' partition \\d+$';
/** What reads the log; a relay's checkpoint stands behind a publication, and that moment is one of the others. */
const log = '^(?!.*\\.relay$)(?!.* partition \\d+$)';

/** Half between commit and publish, half between effect and checkpoint. */
const moments = [
  { name: 'committed, not published', call: 'publish', when: 'before' },
  { name: 'published, checkpoint not moved', call: 'publish', when: 'after' },
  { name: 'before the write of a consumer', call: 'write', when: 'before', of: consumers },
  { name: 'within the write of a consumer', call: 'write', when: 'within', of: consumers },
  { name: 'written by a consumer, offset not committed', call: 'write', when: 'after', of: consumers },
  { name: 'before the write of a reaction to the log', call: 'write', when: 'before', of: log },
  { name: 'within the write of a reaction to the log', call: 'write', when: 'within', of: log },
  { name: 'written by a reaction to the log, and it does not know', call: 'write', when: 'after', of: log },
];
const [publishing, writing] = [moments.slice(0, 2), moments.slice(2)];

/** A request of MongoDB's protocol to be killed behind: claims, checkpoint, documents. */
const requestsOfAWrite = 4;
const callsOfALife = 4;
/** Now and then the moment comes while it catches up, before it serves. */
const isEarly = ({ next }) => next() < 0.25;

const aimed = (moment, at) => ({ ...moment, nth: 1 + at.below(callsOfALife), requests: 1 + at.below(requestsOfAWrite) });

const mayBeLate = (kills) => kills / 5 + 2;

/** Kills so often. @returns how often at which moment, and how often one did not come */
const kill = async (world, { kills, variant, at, say }) => {
  const counts = new Map(moments.map(({ name }) => [name, 0]));
  const pick = (done) => at.pick(variant ? variants[variant].moments : done % 2 === 0 ? publishing : writing);
  let late = 0;
  for (let done = 0; done < kills && late <= mayBeLate(kills);) {
    const moment = pick(done);
    if (!(await world.live(aimed(moment, at), isEarly(at) ? 'at once' : 'when serving'))) {
      late += 1;
      continue;
    }
    done += 1;
    counts.set(moment.name, (counts.get(moment.name) ?? 0) + 1);
    if (done % 10 === 0) say(`${done} kills, ${world.journal.acknowledged.length} commands acknowledged`);
  }
  return { counts, late };
};

/**
 * @param {{ engines: object, kills: number, seed: number, variant?: string, say: (text: string) => void }} run
 * @returns {Promise<{ results: { name: string, faults: string[] }[], counts: Map<string, number>, figures: Record<string, number> }>}
 */
export const killOften = async ({ engines, kills, seed, variant, say }) => {
  const at = seededRandom(seed);
  const world = await World.make({ engines, random: at, variant });
  try {
    const { counts, late } = await kill(world, { kills, variant, at, say });
    const { results, ...figures } = await world.check();
    const { acknowledged, refused, retried } = world.journal;
    const faults = late <= mayBeLate(kills) ? [] : [`${late} lives did not come to it`];
    return {
      results: [{ name: 'nearly every life came to its moment', faults }, ...results],
      counts,
      figures: { ...figures, acknowledged: acknowledged.length, refused: refused.length, retried, late },
    };
  } finally {
    await world.leave();
  }
};
