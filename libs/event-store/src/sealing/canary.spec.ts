import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { code, count, Day, defineEvent, handle, open, PersonId, sealed, Text, type AnyEventDefinition } from '@waymark/kernel';
import { z } from 'zod';
import { plantCanaries, searchFiles, type Canary } from './canary.js';
import { ContactClosed, ContactReceived, FamilyDescribed } from './sealing.fixture.js';

const Various = defineEvent(
  'referral.VariousTold.v1',
  {
    childId: PersonId,
    version: handle(),
    born: sealed(Day, { of: 'childId' }),
    size: sealed(count(), { of: 'childId' }),
    words: z.array(z.object({ by: code(['child', 'parent']), said: sealed(Text, { of: 'childId' }) })),
    aside: sealed(z.object({ first: Text, second: z.array(Text) }), { of: 'caseId' }).optional(),
  },
  () => '',
);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waymark-canary-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const plant = (...definitions: unknown[]) =>
  plantCanaries({ definitions: definitions as AnyEventDefinition[], folder, random: randomBytes });

describe('canaries in every personal field', () => {
  it('are found in no byte of the files', async () => {
    const { planted, passedOver, sightings } = await plant(ContactReceived, FamilyDescribed, ContactClosed, Various);
    expect(sightings).toEqual([]);
    expect(planted.map(({ type, path }) => `${type} ${path}`)).toEqual([
      'referral.ContactReceived.v1 childName',
      'referral.ContactReceived.v1 story',
      'referral.FamilyDescribed.v1 members.0.name',
      'referral.FamilyDescribed.v1 members.0.says.0',
      'referral.FamilyDescribed.v1 members.0.note',
      'referral.FamilyDescribed.v1 carer.phone',
      'referral.VariousTold.v1 words.0.said',
      'referral.VariousTold.v1 aside.first',
      'referral.VariousTold.v1 aside.second.0',
    ]);
    expect(passedOver.map(({ path }) => path)).toEqual(['born', 'size']);
  });

  it('are found when a field was wrongly declared open', async () => {
    const Careless = defineEvent('referral.NameTold.v1', { childId: PersonId, childName: open(z.string().max(200)) }, () => '');
    const { sightings } = await plant(ContactReceived, Careless);
    expect(new Set(sightings.map(({ type, path, form }) => `${type} ${path} ${form}`))).toEqual(
      new Set(['referral.NameTold.v1 childName text']),
    );
  });

  it('are found when an event is not sealed as its schema says', async () => {
    const { sightings } = await plant(ContactReceived, { ...FamilyDescribed, seals: FamilyDescribed.seals.slice(1) });
    expect(new Set(sightings.map(({ type, path }) => `${type} ${path}`))).toEqual(new Set(['referral.FamilyDescribed.v1 members.0.name']));
  });

  it('cannot be left out: a field that is declared neither way is refused when the event is defined', () => {
    expect(() => defineEvent('referral.NameTold.v1', { childId: PersonId, childName: z.string() }, () => '')).toThrow('declare the field');
  });

  it('are missed by nobody: a sealed field that got no value is an error', async () => {
    const seals = [...Various.seals, { steps: ['nowhere'], subject: { field: 'childId', depth: 0 } }];
    await expect(plant({ ...Various, seals })).rejects.toThrow('no value was made for nowhere');
  });

  it.each<[string, (text: string) => string | Buffer]>([
    ['text', (text) => `before ${text} after`],
    ['upper case', (text) => text.toUpperCase()],
    ['lower case', (text) => text.toLowerCase()],
    ['utf-16', (text) => Buffer.from(`x${text}`, 'utf16le')],
    ['hexadecimal', (text) => Buffer.from(text).toString('hex')],
    ['base64', (text) => Buffer.from(`{"a":"${text}"}`).toString('base64')],
    ['base64', (text) => Buffer.from(`{"ab":"${text}"}`).toString('base64')],
    ['base64', (text) => Buffer.from(`{"abc":"${text}"}`).toString('base64')],
  ])('are recognised as %s', (form, written) => {
    const canary: Canary = { type: 'a', path: 'b', text: 'Canaryabcdefghijkl' };
    writeFileSync(join(folder, 'a file'), written(canary.text));
    expect(searchFiles([folder], [canary])).toEqual([{ ...canary, file: join(folder, 'a file'), form }]);
    expect(searchFiles([folder], [{ ...canary, text: 'Canarylkjihgfedcba' }])).toEqual([]);
  });
});
