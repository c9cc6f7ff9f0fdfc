import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testPlatform, type Answer, type Caller, type TestPlatform } from '@waymark/nest';
import { services } from '../src/services.js';
import { familiesOf } from './fuzz/family.js';

// CON-13 over HTTP: who reads a family's case before and after it withdraws what reached their agency, in every service.

let platform: TestPlatform;
let known: Readonly<Record<string, readonly string[]>>;
const id = (name: string): string => known[name]![0]!;
beforeAll(async () => {
  platform = await testPlatform(services, { now: '2026-03-16T10:00:00Z' });
  known = await familiesOf(platform);
}, 240_000);
afterAll(() => platform.stop());

const done = ({ status, body }: Answer): void => expect(status < 300 ? {} : { status, body }).toEqual({});

/** What tells of the family, one address a kind. */
const looks = () => ({
  assessment: `/api/assessment/assessments/${id('ehaId')}`,
  ledger: `/api/assessment/cases/${id('caseId')}/consents`,
  episode: `/api/planning/episodes/${id('episodeId')}`,
  plan: `/api/planning/episodes/${id('episodeId')}/plan`,
  notes: `/api/planning/episodes/${id('episodeId')}/notes`,
  meetings: `/api/planning/episodes/${id('episodeId')}/meetings`,
  request: `/api/targeted-support/requests/${id('requestId')}`,
  summary: `/api/reporting/cases/${id('caseId')}`,
});
const lists = {
  assessments: '/api/assessment/assessments',
  episodes: '/api/planning/episodes',
  requests: '/api/targeted-support/requests',
  cases: '/api/reporting/cases',
};
const seen = async (by: Caller): Promise<Record<string, unknown>> => {
  const answers = Object.entries(looks()).map(async ([what, url]) => {
    const { status, body } = await by.get(url);
    return [what, status === 403 ? `403 ${body.rule}` : status] as const;
  });
  const listed = Object.entries(lists).map(async ([what, url]) => {
    const { items } = (await by.get(url)).body as { items: readonly { readonly id: string; readonly caseId?: string }[] };
    return [what, items.some((item) => (item.caseId ?? item.id) === id('caseId'))] as const;
  });
  return Object.fromEntries(await Promise.all([...answers, ...listed]));
};
const everywhere = (status: unknown, listed: boolean) => ({
  ...Object.fromEntries(Object.keys(looks()).map((what) => [what, status])),
  ...Object.fromEntries(Object.keys(lists).map((what) => [what, listed])),
});

describe('CON-13 a case, once the family withdraws what reached an agency', () => {
  const dana = () => platform.as('dana', 'practitioner', 'fenbank-primary');
  /** Of the team: asked to the meeting. */
  const vera = () => platform.as('vera', 'practitioner', 'city-health');
  /** Wrote in the assessment. */
  const cara = () => platform.as('cara', 'practitioner', 'city-health');
  const mona = () => platform.as('mona', 'manager', 'city-health', 'supervision');
  const withdraw = async (consentId: string) => {
    const consents = `/api/assessment/cases/${id('caseId')}/consents`;
    const { body } = await dana().get(consents);
    const { giver } = (body.consents as { consentId: string; giver: string }[]).find((consent) => consent.consentId === consentId)!;
    done(await dana().post(`${consents}/${consentId}/withdrawal`, { by: giver, agencies: ['city-health'] }));
  };

  it('is read by its team, by who wrote in it and by their manager while consent reaches them', async () => {
    done(await cara().post(`/api/assessment/assessments/${id('ehaId')}/sections`, { heading: 'health', text: 'He sleeps badly.' }));
    await platform.settled();
    expect(await seen(vera())).toEqual(everywhere(200, true));
    expect(await seen(cara())).toEqual(everywhere(200, true));
    expect(await seen(mona())).toMatchObject({ assessment: 200, episode: 200, summary: 200, cases: true, episodes: true });
  });

  it('CON-14 is closed to them in the same moment, and a consent of its own to a request opens no more than it is for', async () => {
    const [work, request] = known['consentId'] as readonly [string, string];
    await withdraw(work);
    // Nothing is waited for here: what is withdrawn is withdrawn at once.
    const team = await vera().get(looks().episode);
    expect([team.status, (await cara().get(looks().summary)).status]).toEqual([200, 200]);
    await withdraw(request);
    expect(await seen(vera())).toEqual(everywhere('403 CON-13', false));
    // Who wrote in an assessment is nothing to the plan beyond what consent made of her agency, and that is over.
    const ended = Object.fromEntries(['episode', 'plan', 'notes', 'meetings'].map((what) => [what, '403 ACC-01']));
    expect(await seen(cara())).toEqual({ ...everywhere('403 CON-13', false), ...ended });
    expect(Object.values(await seen(mona())).filter((answer) => answer === 200 || answer === true)).toEqual([]);
  });

  it('CON-17 is read on by who leads, by the hub and for safeguarding, and a concern waits for nothing', async () => {
    expect(await seen(dana())).toEqual(everywhere(200, true));
    const hub = await seen(platform.as('hana', 'hub-coordinator', 'early-help-hub'));
    expect(hub).toMatchObject({ assessment: 200, episode: 200, summary: 200, cases: true, episodes: true });
    for (const by of [
      platform.as('tariq', 'triage-officer', 'mash', 'safeguarding'),
      platform.as('sam', 'social-worker', 'council', 'safeguarding'),
    ])
      expect(await seen(by)).toMatchObject({ assessment: 200, episode: 200, notes: 200, summary: 200, cases: true });
    const { body } = await dana().get(`/api/referral/contacts/${id('contactId')}`);
    const concern = { concern: 'A bruise on his arm.', personId: body.child.personId };
    const raised = await vera().post(`/api/assessment/assessments/${id('ehaId')}/safety-concerns`, concern);
    done(raised);
  });
});
