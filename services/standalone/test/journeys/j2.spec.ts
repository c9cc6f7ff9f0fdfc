import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { instant } from '@waymark/kernel';
import { packFor } from '@waymark/policy';
import type { Person, Reply } from '../../src/http-client.js';
import { deployed, type Deployment } from './deployment.js';

const refusedBy = (rule: string) => ({ status: 422, body: { rule, status: 422, detail: expect.any(String) } });
const done = (reply: Reply): Reply => {
  if (reply.status >= 300) throw new Error(`${reply.status}: ${JSON.stringify(reply.body)}`);
  return reply;
};

const notice = { version: 'v3', form: 'paper', shared: true, read: true, understood: true, agreed: true };
const requests = '/api/targeted-support/requests';

/** A family whose assessment was completed on 3 April 2026 and accepted by the hub. */
interface Family {
  readonly caseId: string;
  readonly child: string;
  readonly mother: string;
  readonly eha: string;
  readonly needId: string;
}

describe('J2 the gate to Targeted Support, to triage', () => {
  let deployment: Deployment;
  let [first, second] = [{} as Family, {} as Family];
  let requestId = '';
  const clock = (now: string) => deployment.client.setClock(now);
  const by = (user: string, role: Parameters<Deployment['client']['as']>[1], organisation: string): Person =>
    deployment.client.as(user, role, organisation);
  const dana = () => by('dana', 'practitioner', 'fenbank-primary');
  const manager = () => by('mara', 'targeted-support-manager', 'targeted-support');

  beforeAll(async () => {
    deployment = await deployed();
    await clock('2026-03-09T10:00:00Z');
    [first, second] = [await family('Kai', 'Mina'), await family('Leo', 'Rosa')];
  }, 60_000);
  afterAll(() => deployment.stop());

  const consent = async ({ caseId, child, mother }: Omit<Family, 'eha' | 'needId'>, purpose: string, agencies: readonly string[]) =>
    done(
      await dana().post(`/api/assessment/cases/${caseId}/consents`, {
        giver: { personId: mother, capacity: 'parental-responsibility' },
        purpose,
        covers: [child, mother],
        agencies,
        method: 'in-person',
        notice,
      }),
    );

  const agreed = async (eha: string, mother: string) => {
    const { contentVersion: version } = done(await dana().get(eha)).body;
    done(await dana().post(`${eha}/agreements`, { version, by: mother }));
  };

  const family = async (childName: string, motherName: string): Promise<Family> => {
    await clock('2026-03-09T10:00:00Z');
    const made = done(
      await dana().post('/api/referral/contacts', {
        authority: 'peterborough',
        source: { kind: 'professional' },
        child: { name: childName, dateOfBirth: '2012-02-14' },
        household: [{ name: motherName, relationship: 'mother' }],
        concern: 'Older peers wait outside the school.',
      }),
    );
    const { caseId } = made.body;
    const contact = done(await dana().get(`/api/referral/contacts/${made.body.id}`)).body;
    const [child, mother] = [contact.child.personId, contact.household[0].personId];
    await consent({ caseId, child, mother }, 'take-part-in-early-help', ['fenbank-primary', 'early-help-hub']);
    const eha = `/api/assessment/assessments/${done(await dana().post('/api/assessment/assessments', { caseId })).body.id}`;
    done(await dana().post(`${eha}/children`, { childId: child }));
    done(await dana().post(`${eha}/members`, { personId: mother, part: 'mother' }));
    done(await dana().post(`${eha}/lived-experience`, { childId: child, how: 'own-words', experience: 'I take the long way home.' }));
    done(await dana().post(`${eha}/voices`, { personId: mother, words: 'I want to know where he is.' }));
    done(
      await dana().post(`${eha}/needs`, { code: 'safe-from-abuse-and-exploitation', personId: child, description: 'To be safe outside.' }),
    );
    for (const consideration of Object.keys(packFor('peterborough', instant('2026-03-16T10:00:00Z')).ehaConsiderations))
      done(await dana().post(`${eha}/considerations`, { consideration, answer: 'Talked over with the family.' }));
    const { needId } = done(await dana().get(eha)).body.needs[0];
    await clock('2026-04-03T11:00:00Z');
    await agreed(eha, mother);
    done(await dana().post(`${eha}/completion`, { copyGivenTo: [mother] }));
    return { caseId, child, mother, eha, needId };
  };

  const submit = ({ caseId, child, needId }: Family, who = dana()): Promise<Reply> =>
    who.post(requests, {
      caseId,
      needs: [needId],
      kinds: ['staying-safe'],
      persons: [child],
      sharedWith: ['targeted-support'],
      hopedFor: 'To be safe on the way home.',
    });

  const accepted = async ({ eha }: Family) =>
    done(
      await by('hana', 'hub-coordinator', 'early-help-hub').post(`${eha}/hub-checks`, {
        safeguarding: 'passed',
        quality: 'passed',
        outcome: 'accepted',
      }),
    );

  it('FD-07 before the hub has accepted the assessment no request goes ahead', async () => {
    await clock('2026-04-06T09:00:00Z');
    expect(await submit(first)).toMatchObject(refusedBy('FD-07'));
    await clock('2026-04-07T09:00:00Z');
    await accepted(first);
    await accepted(second);
  });

  it('1 TS-01 TS-03 the Lead Professional asks, with the additional consent, on the last day of the six months', async () => {
    await clock('2026-09-10T10:00:00Z');
    expect(await submit(first, by('omar', 'practitioner', 'city-health'))).toMatchObject({ status: 403, body: { rule: 'ACC-01' } });
    expect(await submit(first, by('hana', 'hub-coordinator', 'early-help-hub'))).toMatchObject(refusedBy('TS-01'));
    expect(await submit(first)).toMatchObject(refusedBy('TS-03'));
    for (const each of [first, second]) await consent(each, 'targeted-support-request', ['targeted-support']);
    await clock('2026-10-03T16:00:00Z');
    requestId = done(await submit(first)).body.id;
  });

  it('2 TS-02 a day later the assessment is out of date, and an update brings it back in date', async () => {
    await clock('2026-10-04T09:00:00Z');
    expect(await submit(second)).toMatchObject(refusedBy('TS-02'));
    await clock('2026-10-06T09:00:00Z');
    done(await dana().post(`${second.eha}/sections`, { heading: 'safety', text: 'He walks home with a friend now.' }));
    await agreed(second.eha, second.mother);
    done(await dana().post(`${second.eha}/updates`, { copyGivenTo: [second.mother] }));
    await clock('2026-10-07T09:00:00Z');
    done(await submit(second));
  });

  it('3 TS-04 the first is complex and goes to the panel, with reasons, and the Lead Professional is told', async () => {
    const triage = `${requests}/${requestId}/triage`;
    const decision = { outcome: 'send-to-panel', panel: { panel: 'masg', because: 'complex' } };
    expect(await manager().post(triage, decision)).toMatchObject(refusedBy('TS-04'));
    expect(await dana().post(triage, { ...decision, reasons: 'Several agencies have to agree.' })).toMatchObject(refusedBy('TS-04'));
    const { body } = done(await manager().post(triage, { ...decision, reasons: 'Several agencies have to agree.' }));
    expect(body.events).toContain('targeted-support.LeadProfessionalTold.v1');
    const shown = done(await dana().get(`${requests}/${requestId}`)).body;
    expect(shown).toMatchObject({ status: 'with-panel', panel: 'masg' });
    const { items } = done(await deployment.client.as('ada', 'auditor', 'council', 'audit').get(`${requests}?status=awaiting-triage`)).body;
    expect(items.map((item: { caseId: string }) => item.caseId)).toEqual([second.caseId]);
  });

  it('GEN-01 the chronology tells the request, and the case replays the same', async () => {
    const auditor = deployment.client.as('ada', 'auditor', 'council', 'audit');
    const { items } = done(await auditor.get(`/api/reporting/cases/${first.caseId}/chronology?limit=200`)).body;
    expect(items.map(({ type }: { type: string }) => type)).toContain('targeted-support.RequestSentToPanel.v1');
    expect(done(await auditor.get(`/api/reporting/cases/${first.caseId}/replay`)).body).toMatchObject({ same: true });
  });
});
