import { describe, expect, it } from '@jest/globals';
import { eventCatalogue } from '@waymark/event-store';
import { derivedId, exampleOf, type CaseId } from '@waymark/kernel';
import { vocabularyOf } from '@waymark/nest';
import { services } from '../src/services.js';

const { events } = vocabularyOf(services);
const catalogue = eventCatalogue(events);
const caseId = derivedId('case', 'example') as string as CaseId;
const splitOf = ({ type }: { type: unknown }) => catalogue.stored(type as string)?.split;

// What a workflow keeps is a record of whatever it is waiting for, which only its schema can judge.
const quick = catalogue.definitions.filter(({ type }) => !(type as string).endsWith('.WorkflowAdvanced.v1'));

describe('an event of every type of every service', () => {
  it('is checked and taken apart in one walk, and needs no second look', () => {
    expect(quick.length).toBeGreaterThan(80);
    const slow = quick.filter((definition) => !splitOf(definition)?.(exampleOf(definition), caseId));
    expect(slow.map(({ type }) => type as string)).toEqual([]);
  });

  it('is refused by that walk wherever one value of it is of another kind', () => {
    for (const definition of quick) {
      const whole = exampleOf(definition) as Record<string, unknown>;
      for (const name of Object.keys(whole)) {
        const broken = { ...whole, [name]: Symbol('of another kind') };
        expect(definition.schema.safeParse(broken).success).toBe(false);
        expect(splitOf(definition)?.(broken, caseId)).toBeUndefined();
      }
    }
  });
});
