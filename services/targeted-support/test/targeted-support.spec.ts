import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  assessmentAccepted,
  assessmentCompleted,
  assessmentContracts,
  assessmentUpdated,
  consentGiven,
  consentWithdrawn,
} from '@waymark/assessment-contracts';
import type { CaseId } from '@waymark/kernel';
import { testPlatform, type Answer, type TestPlatform } from '@waymark/nest';
import { episodeOpened, leadProfessionalChanged, planningContracts } from '@waymark/planning-contracts';
import { contactReceived, referralContracts } from '@waymark/referral-contracts';
import { idOf } from '@waymark/testing';
import { targetedSupportService } from '../src/index.js';

const refusedBy = (rule: string) => ({ status: 422, body: { rule } });
const completedAt = '2026-04-03T10:00:00.000Z';
const needId = idOf('need');
const dana = { user: 'dana', organisation: 'fenbank-primary' };
const requests = '/api/targeted-support/requests';

describe('targeted support over HTTP', () => {
  let platform: TestPlatform;
  const lead = () => platform.as('dana', 'lead-professional', 'fenbank-primary');
  const manager = () => platform.as('mara', 'targeted-support-manager', 'targeted-support');

  beforeAll(async () => {
    platform = await testPlatform([targetedSupportService], {
      now: '2026-04-03T12:00:00Z',
      contracts: [...referralContracts, ...assessmentContracts, ...planningContracts],
    });
  });
  afterAll(() => platform.stop());

  /** A case as the other services tell of it: led by Dana, its assessment completed on 3 April 2026 and accepted. */
  const aCase = async (name: string): Promise<CaseId> => {
    const caseId = idOf<CaseId>(name);
    const [ehaId, episodeId, contactId] = [idOf(`${name} eha`), idOf(`${name} episode`), idOf(`${name} contact`)];
    const needs = [{ needId, code: 'safe-from-abuse-and-exploitation' }];
    await platform.publish(contactReceived, caseId, { caseId, contactId, authority: 'peterborough', receivedAt: completedAt });
    await platform.publish(episodeOpened, caseId, { caseId, episodeId, ehaId, leadProfessional: dana, openedAt: completedAt });
    await platform.publish(assessmentCompleted, caseId, { caseId, ehaId, completedAt, needs });
    await platform.publish(assessmentAccepted, caseId, { caseId, ehaId, completedAt, acceptedAt: '2026-04-07T09:00:00.000Z', needs });
    await platform.settled();
    return caseId;
  };
  const consent = async (caseId: CaseId, agencies: readonly string[] = ['targeted-support']): Promise<void> => {
    await platform.publish(consentGiven, caseId, {
      caseId,
      consentId: idOf(`${caseId} consent`),
      purpose: 'targeted-support-request',
      agencies,
      from: '2026-04-10T09:00:00.000Z',
      until: null,
    });
    await platform.settled();
  };
  const submit = (caseId: CaseId, more: object = {}, by = lead()): Promise<Answer> =>
    by.post(requests, {
      caseId,
      needs: [needId],
      kinds: ['staying-safe'],
      persons: [idOf('young person')],
      sharedWith: ['targeted-support'],
      hopedFor: 'To be safe on the way home.',
      ...more,
    });

  it('TS-01 TS-03 the gate lets the Lead Professional through, with the additional consent, and records what it knew', async () => {
    const caseId = await aCase('J2 first');
    await platform.setClock('2026-09-10T10:00:00Z');
    expect(await submit(caseId, {}, platform.as('omar', 'practitioner', 'city-health'))).toMatchObject(refusedBy('TS-01'));
    expect(await submit(caseId, {}, platform.as('dana', 'practitioner', 'another-school'))).toMatchObject(refusedBy('TS-01'));
    expect(await submit(caseId)).toMatchObject(refusedBy('TS-03'));
    await consent(caseId, ['somebody-else']);
    expect(await submit(caseId)).toMatchObject(refusedBy('TS-03'));
    await consent(caseId);
    await platform.setClock('2026-10-03T20:00:00Z');
    const accepted = await submit(caseId);
    expect(accepted).toMatchObject({ status: 201 });
    const shown = await lead().get(`${requests}/${accepted.body.id}`);
    expect(shown.body.steps[0].data.evidence).toMatchObject({
      seenUpTo: { leadProfessional: expect.any(String), eha: expect.any(String), consent: expect.any(String) },
    });
  });

  it('TS-02 six calendar months, the day included: 4 October is a day too late, and an update brings it back in date', async () => {
    const caseId = await aCase('J2 second');
    await consent(caseId);
    await platform.setClock('2026-10-03T22:59:00Z');
    await platform.setClock('2026-10-04T09:00:00Z');
    expect(await submit(caseId)).toMatchObject(refusedBy('TS-02'));
    const needs = [{ needId, code: 'safe-from-abuse-and-exploitation' }];
    await platform.publish(assessmentUpdated, caseId, {
      caseId,
      ehaId: idOf('J2 second eha'),
      updatedAt: '2026-10-06T09:00:00.000Z',
      needs,
    });
    await platform.setClock('2026-10-07T09:00:00Z');
    expect(await submit(caseId, { needs: [idOf('a need that no assessment names')] })).toMatchObject(refusedBy('TS-02'));
    expect(await submit(caseId)).toMatchObject({ status: 201 });
  });

  it('CON-13 TS-03 a consent that was withdrawn opens no gate', async () => {
    const caseId = await aCase('withdrawn');
    await consent(caseId);
    await platform.publish(consentWithdrawn, caseId, {
      caseId,
      consentId: idOf(`${caseId} consent`),
      purpose: 'targeted-support-request',
      agencies: null,
      at: '2026-05-12T09:00:00.000Z',
      because: 'withdrawn',
    });
    await platform.settled();
    await platform.setClock('2026-09-12T09:00:00Z');
    expect(await submit(caseId)).toMatchObject(refusedBy('TS-03'));
  });

  it('TS-01 after a change of lead the new one asks, and the old one no longer', async () => {
    const caseId = await aCase('changed lead');
    await consent(caseId);
    const leadProfessional = { user: 'noor', organisation: 'hill-academy' };
    await platform.publish(leadProfessionalChanged, caseId, {
      caseId,
      episodeId: idOf('changed lead episode'),
      leadProfessional,
      since: '2026-06-01T09:00:00.000Z',
    });
    await platform.settled();
    await platform.setClock('2026-09-12T09:00:00Z');
    expect(await submit(caseId)).toMatchObject(refusedBy('TS-01'));
    expect(await submit(caseId, {}, platform.as('noor', 'lead-professional', 'hill-academy'))).toMatchObject({ status: 201 });
  });

  it('TS-04 a manager triages with reasons, one of four ways; a return is answered and triaged again', async () => {
    const caseId = await aCase('triaged');
    await consent(caseId);
    await platform.setClock('2026-09-12T09:00:00Z');
    const made = await submit(caseId);
    const request = `${requests}/${made.body.id}`;
    const back = { outcome: 'return-for-information', asked: 'Which evenings are the hardest?', reasons: 'It does not say when.' };
    expect(await lead().post(`${request}/triage`, back)).toMatchObject(refusedBy('TS-04'));
    expect(await manager().post(`${request}/triage`, { ...back, reasons: undefined })).toMatchObject(refusedBy('TS-04'));
    expect(await manager().post(`${request}/triage`, { outcome: 'send-to-panel', reasons: 'x' })).toMatchObject({
      status: 400,
      body: { field: 'panel' },
    });
    expect(await manager().post(`${request}/triage`, back)).toMatchObject({ status: 200 });
    expect(await lead().post(`${request}/information`, { information: 'Fridays.' })).toMatchObject({ status: 200 });
    const panel = { outcome: 'send-to-panel', panel: { panel: 'masg', because: 'complex' }, reasons: 'Several agencies have to agree.' };
    const sent = await manager().post(`${request}/triage`, panel);
    expect(sent).toMatchObject({ status: 200 });
    expect(sent.body.events).toContain('targeted-support.LeadProfessionalTold.v1');
    expect((await manager().post(`${request}/triage`, panel)).status).toBe(409);
    await platform.settled();
    const waiting = await manager().get(`${requests}?status=awaiting-triage`);
    expect(waiting.body.items.map(({ id }: { id: string }) => id)).not.toContain(made.body.id);
    expect(await platform.platform.reactions.parked()).toEqual([]);
  });

  it('a case that nobody told of is not found', async () => {
    expect((await submit(idOf<CaseId>('unheard of'))).status).toBe(404);
  });
});
