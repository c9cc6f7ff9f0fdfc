import { describe, expect, it } from '@jest/globals';
import { eventCatalogue } from '@waymark/event-store';
import { derivedId, exampleOf, type CaseId } from '@waymark/kernel';
import { vocabularyOf } from '@waymark/nest';
import { services } from '../src/services.js';

const { events } = vocabularyOf(services);
const catalogue = eventCatalogue(events);
const caseId = derivedId('case', 'example') as string as CaseId;

describe('an event of every type of every service', () => {
  it('is checked and taken apart in one walk, and needs no second look', () => {
    expect(catalogue.definitions.length).toBeGreaterThan(80);
    const slow = catalogue.definitions.filter(
      (definition) => !catalogue.stored(definition.type as string)?.split?.(exampleOf(definition), caseId),
    );
    expect(slow.map(({ type }) => type as string)).toEqual([]);
  });

  it('is refused by that walk wherever one value of it is of another kind', () => {
    for (const definition of catalogue.definitions) {
      const split = catalogue.stored(definition.type as string)!.split!;
      const whole = exampleOf(definition) as Record<string, unknown>;
      for (const name of Object.keys(whole)) {
        const broken = { ...whole, [name]: Symbol('of another kind') };
        expect(definition.schema.safeParse(broken).success).toBe(false);
        expect(split(broken, caseId)).toBeUndefined();
      }
    }
  });
});
