import { authorities, type Authority } from '@waymark/policy';
import { inventFamily, type Family } from './invention/family.js';
import { chanceFrom } from './invention/random.js';
import type { StoryName } from './stories.js';

/** One family of the borough: who they are, what happens to them, and when that begins. */
export interface Chapter {
  /** From 1. */
  readonly number: number;
  readonly story: StoryName;
  readonly authority: Authority;
  readonly family: Family;
  /** The day of the first contact, `2026-03-02`. */
  readonly begins: string;
}

const everybody = [1, 16] as const;
type Ages = readonly [youngest: number, oldest: number];
type DaysAgo = readonly number[];

/** Which stories there are in which authority, by how many days before today each begins. They begin long enough ago to have come as far as they have. */
const borough: readonly (readonly [story: StoryName, peterborough: DaysAgo, cambridgeshire: DaysAgo, ages?: Ages])[] = [
  ['a contact, not yet decided', [1], [2]],
  ['no further action', [212], [75]],
  ['advice and information', [190], [31]],
  ['with Children’s Social Care', [160], []],
  ['a hub enquiry under way', [4], [3]],
  ['a MASH enquiry under way', [1], []],
  ['a MASH enquiry decided in time', [], [140]],
  ['a MASH enquiry decided after its 72 hours', [101], []],
  ['advice by the hub', [88], []],
  ['an assessment recommended', [6], [9]],
  ['consent refused', [64], [41]],
  ['consent withdrawn', [118], []],
  ['consent withdrawn for one agency', [], [96]],
  ['a young person’s own consent', [26], [], [16, 16]],
  ['a competent child’s own consent', [], [22], [14, 14]],
  ['an assessment in progress', [20], [24]],
  ['an assessment overdue', [58], []],
  ['completed, awaiting the hub', [32], [33]],
  ['returned by the hub', [43], []],
  ['accepted', [], [40]],
  ['a plan under way', [72], [80]],
  ['actions overdue', [95], []],
  ['drifting', [150], []],
  ['a plan under review', [], [130]],
  ['Targeted Support requested', [68], []],
  ['Targeted Support: returned for information', [], [74]],
  ['Targeted Support: allocated', [84], []],
  ['Targeted Support: sent to the panel', [78], [], [11, 16]],
  ['Targeted Support: signposted', [], [90]],
  ['closed', [270], [255]],
  ['closed, as the family wished', [200], []],
  ['reopened', [228], []],
];

/** The same for the same seed and day, family by family. @param today the day on which the tales end, `2026-11-24` */
export const planBorough = (seed: string, today: string): readonly Chapter[] =>
  borough
    .flatMap(([story, peterborough, cambridgeshire, ages = everybody]) =>
      authorities.flatMap((authority) =>
        ({ peterborough, cambridgeshire })[authority].map((daysAgo) => ({ story, authority, ages, begins: daysBefore(today, daysAgo) })),
      ),
    )
    .map(({ story, authority, ages, begins }, index) => {
      // Each family has a chance of its own, so that one more in the table changes none before it.
      const chance = chanceFrom(`${seed} ${story} ${authority} ${index}`);
      const family = inventFamily(chance, { authority, ages, year: Number(begins.slice(0, 4)) });
      return { number: index + 1, story, authority, family, begins };
    });

const dayMs = 86_400_000;

/** Calendar days before or, with a negative number, after a day. */
export const daysBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) - days * dayMs).toISOString().slice(0, 10);

/** The day itself, or the Friday before a weekend: what is done at work is done then. */
export const workingDay = (day: string): string => {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return daysBefore(day, weekday === 6 ? 1 : weekday === 0 ? 2 : 0);
};
