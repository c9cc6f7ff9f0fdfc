import { describe, expect, it } from '@jest/globals';
import { daysBefore, planBorough, workingDay } from './plan.js';
import { stories } from './stories.js';

const today = '2026-11-24';

describe('the plan of the demonstration borough', () => {
  it('is the same for the same seed and day', () => {
    expect(planBorough('waymark', today)).toEqual(planBorough('waymark', today));
  });

  it('invents other families from another seed, and tells the same stories of them', () => {
    const [one, other] = [planBorough('waymark', today), planBorough('another', today)];
    expect(other.map(({ family }) => family.child.name)).not.toEqual(one.map(({ family }) => family.child.name));
    expect(other.map(({ story }) => story)).toEqual(one.map(({ story }) => story));
  });

  it('has about forty families, tells every story, and works under both policy packs', () => {
    const chapters = planBorough('waymark', today);
    expect(chapters.length).toBeGreaterThanOrEqual(38);
    expect(chapters.length).toBeLessThanOrEqual(45);
    expect(new Set(chapters.map(({ story }) => story))).toEqual(new Set(Object.keys(stories)));
    for (const authority of ['peterborough', 'cambridgeshire'])
      expect(chapters.filter((chapter) => chapter.authority === authority).length).toBeGreaterThan(12);
  });

  it('begins about nine months ago, and nothing in it lies ahead', () => {
    const begins = planBorough('waymark', today).map((chapter) => chapter.begins);
    expect(begins.toSorted()[0]).toBe(daysBefore(today, 270));
    expect(begins.toSorted().at(-1)).toBe(daysBefore(today, 1));
  });

  it('CON-04 CON-05 gives those who consent for themselves the age for it', () => {
    const chapters = planBorough('waymark', today);
    const ageIn = (story: string) => {
      const [chapter] = chapters.filter((candidate) => candidate.story === story);
      return Number(chapter?.begins.slice(0, 4)) - Number(chapter?.family.child.dateOfBirth.slice(0, 4));
    };
    // In the year in which the tale begins: before or after the birthday.
    expect(ageIn('a young person’s own consent')).toBe(17);
    expect(ageIn('a competent child’s own consent')).toBe(15);
  });

  it('works from Monday to Friday', () => {
    expect(['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'].map(workingDay)).toEqual([
      '2026-11-20',
      '2026-11-20',
      '2026-11-20',
      '2026-11-23',
    ]);
  });
});
