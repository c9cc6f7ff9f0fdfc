import type { Caller, TestPlatform } from '@waymark/nest';
import { instant } from '@waymark/kernel';
import { packFor } from '@waymark/policy';
import type { Known } from './values.js';

type Ids = Record<string, Set<string>>;
const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

const know = (ids: Ids, name: string, id: string): void => {
  ids[name] = (ids[name] ?? new Set()).add(id);
};

/** Every id in an answer, by the name that it stands under. */
const gather = (value: unknown, name: string, ids: Ids): void => {
  if (typeof value === 'string' && uuid.test(value)) know(ids, name, value);
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) gather(inner, Array.isArray(value) ? name : key, ids);
};

interface Driver {
  post(path: string, body: object, by?: Caller): Promise<string>;
  see(path: string): Promise<Record<string, never>>;
}

const driverOf = (platform: TestPlatform, ids: Ids): Driver => {
  const dana = platform.as('dana', 'practitioner', 'fenbank-primary');
  const done = ({ status, body }: { status: number; body: Record<string, never> }, path: string) => {
    if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    gather(body, 'answer', ids);
    return body;
  };
  return {
    post: async (path, body, by = dana) => {
      const { id } = done(await by.post(path, body), path) as unknown as { id: string };
      await platform.settled();
      return id;
    },
    see: async (path) => done(await dana.get(path), path),
  };
};

const notice = { version: 'v3', form: 'paper', shared: true, read: true, understood: true, agreed: true };
const around = { professionals: [{ user: 'vera', organisation: 'city-health' }] };

/** A family whose help goes on: contact, consent, assessment accepted, first meeting planned, one action, one request. */
const driveFamily = async (platform: TestPlatform, { post, see }: Driver, ids: Ids): Promise<void> => {
  const hub = platform.as('hana', 'hub-coordinator', 'early-help-hub');
  const officer = platform.as('tariq', 'triage-officer', 'mash');
  const contactId = await post('/api/referral/contacts', {
    authority: 'peterborough',
    source: { kind: 'professional', referrer: { name: 'Dana Reyes' } },
    child: { name: 'Amir Haddad', dateOfBirth: '2018-05-14' },
    household: [{ name: 'Leila Haddad', relationship: 'mother' }],
    concern: 'He is absent a lot.',
  });
  know(ids, 'contactId', contactId);
  const contact = `/api/referral/contacts/${contactId}`;
  const { caseId, child, household } = (await see(contact)) as unknown as Seen;
  await post(`${contact}/triage`, { outcome: 'early-help-hub-enquiry', rationale: 'Several needs.' }, officer);
  const { triage } = (await see(contact)) as unknown as Seen;
  know(ids, 'enquiryId', triage.hubEnquiryId);
  const amir = child.personId;
  const [{ personId: leila }] = household;
  const consent = (purpose: string, agencies: string[]) =>
    post(`/api/assessment/cases/${caseId}/consents`, {
      giver: { personId: leila, capacity: 'parental-responsibility' },
      covers: [amir, leila],
      method: 'in-person',
      purpose,
      agencies,
      notice,
    });
  know(ids, 'consentId', await consent('take-part-in-early-help', ['fenbank-primary', 'city-health', 'early-help-hub']));
  const ehaId = await post('/api/assessment/assessments', { caseId });
  know(ids, 'ehaId', ehaId);
  const eha = `/api/assessment/assessments/${ehaId}`;
  await post(`${eha}/children`, { childId: amir });
  await post(`${eha}/members`, { personId: leila, part: 'mother' });
  await post(`${eha}/lived-experience`, { childId: amir, how: 'own-words', experience: 'I stay at home.' });
  await post(`${eha}/needs`, { code: 'good-education', personId: amir, description: 'To be in school.' });
  for (const consideration of Object.keys(packFor('peterborough', instant('2026-03-16T10:00:00Z')).ehaConsiderations))
    await post(`${eha}/considerations`, { consideration, answer: 'Talked over.' });
  const { contentVersion, needs } = (await see(eha)) as unknown as Seen;
  await post(`${eha}/agreements`, { version: contentVersion, by: leila });
  await post(`${eha}/completion`, { copyGivenTo: [leila] });
  await post(`${eha}/hub-checks`, { safeguarding: 'passed', quality: 'passed', outcome: 'accepted' }, hub);
  const { items } = (await see(`/api/planning/episodes?caseId=${caseId}`)) as unknown as { items: readonly [{ id: string }] };
  const [{ id: episodeId }] = items;
  know(ids, 'episodeId', episodeId);
  const episode = `/api/planning/episodes/${episodeId}`;
  const meetingId = await post(`${episode}/meetings`, { ...around, people: [leila, amir], agreedBy: leila });
  know(ids, 'meetingId', meetingId);
  await post(`${episode}/meetings/${meetingId}/invitations`, { ...around, people: [leila, amir], plannedFor: '2026-03-30T14:00:00+01:00' });
  const noteId = await post(`${episode}/notes`, { text: 'A call.' });
  know(ids, 'noteId', noteId);
  await consent('targeted-support-request', ['targeted-support', 'city-health']);
  const request = await post('/api/targeted-support/requests', {
    caseId,
    needs: needs.map(({ needId }) => needId),
    kinds: ['family-support'],
    persons: [amir, leila],
    sharedWith: ['targeted-support', 'city-health'],
    hopedFor: 'Calm mornings.',
  });
  know(ids, 'requestId', request);
  for (const path of [contact, eha, episode, `${episode}/meetings`, `${episode}/plan`, `${episode}/notes`]) await see(path);
};

interface Seen {
  readonly caseId: string;
  readonly child: { readonly personId: string };
  readonly household: readonly [{ readonly personId: string }];
  readonly triage: { readonly hubEnquiryId: string };
  readonly contentVersion: number;
  readonly needs: readonly { readonly needId: string }[];
}

/** Two families, so that what belongs to one can be named in the other's. */
export const familiesOf = async (platform: TestPlatform): Promise<Known> => {
  const ids: Ids = {};
  const driver = driverOf(platform, ids);
  for (const _ of [1, 2]) await driveFamily(platform, driver, ids);
  return Object.fromEntries(Object.entries(ids).map(([name, set]) => [name, [...set]]));
};
