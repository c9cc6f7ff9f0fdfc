import { expect } from '@jest/globals';
import { derivedId } from '@waymark/kernel';
import type { Answer, Caller, TestPlatform } from '@waymark/nest';
import { packFor } from '@waymark/policy';
import { contactMade, contactReceived } from '@waymark/referral-contracts';

/** The same id for the same name. */
export const idOf = (name: string): string => derivedId('assessment over HTTP', name);
export const [leila, amir, karim] = [idOf('leila'), idOf('amir'), idOf('karim')];

/** Referral tells of a contact: with it the service knows the case. */
export const aCase = async (platform: TestPlatform, name: string): Promise<string> => {
  const caseId = idOf(name) as never;
  const receivedAt = '2026-03-02T09:15:00.000Z';
  await platform.publish(contactReceived, caseId, { caseId, contactId: idOf(`${name}'s contact`), authority: 'peterborough', receivedAt });
  const contactId = idOf(`${name}'s contact`);
  await platform.publish(contactMade, caseId, { caseId, contactId, organisation: 'fenbank-primary', at: receivedAt });
  await platform.settled();
  return caseId;
};

export const notice = { version: 'v3', form: 'paper', shared: true, read: true, understood: true, agreed: true };
export const consentOfLeila = {
  giver: { personId: leila, capacity: 'parental-responsibility' },
  purpose: 'take-part-in-early-help',
  covers: [amir, leila],
  agencies: ['fenbank-primary', 'healthy-child-programme', 'fen-homes', 'early-help-hub'],
  notice,
  method: 'in-person',
};

/** Karim's own, for himself: what he says and thinks can be written down. */
export const consentOfKarim = {
  ...consentOfLeila,
  giver: { personId: karim, capacity: 'own-behalf', dateOfBirth: '1984-11-02' },
  covers: [karim],
  agencies: ['fenbank-primary', 'healthy-child-programme', 'early-help-hub'],
};

export const refusedBy = (answer: Answer, rule: string, field?: string) =>
  expect(answer).toMatchObject({ status: 422, body: { rule, ...(field ? { field } : {}) } });

/** Refused by a rule because of what is recorded already. */
export const conflictsBy = (answer: Answer, rule: string) => expect(answer).toMatchObject({ status: 409, body: { rule } });

export const done = (answer: Answer): Answer => {
  if (answer.status >= 300) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer;
};

const considerations = Object.keys(packFor('peterborough', '2026-03-09T10:00:00.000Z' as never).ehaConsiderations);

/** Everything that a finished assessment of Amir's family says. */
export const write = async (school: Caller, eha: string): Promise<void> => {
  done(await school.post(`${eha}/children`, { childId: amir }));
  done(await school.post(`${eha}/members`, { personId: karim, part: 'father' }));
  for (const consideration of considerations)
    done(await school.post(`${eha}/considerations`, { consideration, answer: 'As they see it.' }));
  done(await school.post(`${eha}/lived-experience`, { childId: amir, how: 'own-words', experience: 'I like it when Mum is up.' }));
  done(await school.post(`${eha}/voices`, { personId: karim, words: 'I want to help.' }));
  done(await school.post(`${eha}/needs`, { code: 'good-education', personId: amir }));
  done(await school.post(`${eha}/network`, { name: 'Nana', relationship: 'grandmother', help: 'Takes him to school.' }));
};

/** The family sees the version that stands, and agrees to it. */
export const agree = async (school: Caller, eha: string): Promise<Answer> =>
  school.post(`${eha}/agreements`, { version: (await school.get(eha)).body.contentVersion, by: leila });
