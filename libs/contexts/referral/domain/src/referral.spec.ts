import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { ERASED } from '@waymark/kernel';
import { goldenFilesStillLoad } from '@waymark/testing';
import { contactReceived, received, officer } from './referral.fixture.js';
import { ContactReceived } from './contact/events.js';
import { referralEvents } from './referral.js';

const golden = fileURLToPath(new URL('../golden', import.meta.url));
const goldenOf = (type: string) => (JSON.parse(readFileSync(`${golden}/${type}.json`, 'utf8')) as { data: unknown }).data;

describe('golden files', () => goldenFilesStillLoad(golden, referralEvents));

describe('the sentences', () => {
  const telling = { occurredAt: received, actor: officer };

  it.each(referralEvents.map((definition) => [definition.type, definition] as const))('%s is told without an id', (_, definition) => {
    const sentence = definition.tell(definition.schema.parse(goldenOf(definition.type)), telling);
    expect(sentence).toMatch(/^[A-Z].{20,}$/);
    expect(sentence).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    expect(sentence).not.toContain('undefined');
  });

  it('a contact reads as a practitioner would say it, and goes on reading after an erasure', () => {
    const { data } = contactReceived();
    expect(ContactReceived.tell(data, telling)).toBe(
      'A professional, Dana, made a contact about Amir (persistent absence): Absent a lot; mother unwell.',
    );
    const erased = { ...data, child: { ...data.child, name: ERASED }, concern: ERASED, reasons: ERASED, referrer: null };
    expect(ContactReceived.tell(erased, telling)).toBe('A professional made a contact about (erased) (erased): (erased)');
  });
});

it('every event type is referral’s own and stands once', () => {
  const types = referralEvents.map(({ type }) => type);
  expect(types).toEqual([...new Set(types)]);
  expect(types.every((type) => type.startsWith('referral.'))).toBe(true);
});

it('what is personal is sealed of whom it is about', () => {
  const seals = ContactReceived.seals.map(({ steps, subject }) => [steps.join('.'), subject.field, subject.depth]);
  expect(seals).toEqual([
    ['referrer.name', 'personId', 1],
    ['referrer.contactDetails', 'personId', 1],
    ['child.name', 'personId', 1],
    ['child.birth', 'personId', 1],
    ['child.dateOfBirth', 'personId', 1],
    ['household.*.name', 'personId', 2],
    ['household.*.relationship', 'personId', 2],
    ['concern', 'caseId', -1],
    ['reasons', 'caseId', -1],
  ]);
});
