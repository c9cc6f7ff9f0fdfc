import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assessmentUpdatedV2, consentWithdrawn } from '@waymark/assessment-contracts';
import type { CaseId } from '@waymark/kernel';
import { leadProfessionalChanged } from '@waymark/planning-contracts';
import { idOf } from '@waymark/testing';
import { needs, requests, startWorld, type World } from './world.js';

const refusedBy = (rule: string) => ({ status: 422, body: { rule } });
const stranger = { status: 403, body: { rule: 'ACC-01' } };

describe('targeted support over HTTP', () => {
  let platform: World['platform'];
  let lead: World['lead'];
  let manager: World['manager'];
  let aCase: World['aCase'];
  let consent: World['consent'];
  let submit: World['submit'];

  beforeAll(async () => {
    ({ platform, lead, manager, aCase, consent, submit } = await startWorld());
  });
  afterAll(() => platform.stop());

  it('TS-01 TS-03 the gate lets the Lead Professional through, with the additional consent, and records what it knew', async () => {
    const caseId = await aCase('J2 first');
    await platform.setClock('2026-09-10T10:00:00Z');
    expect(await submit(caseId, {}, platform.as('omar', 'practitioner', 'city-health'))).toMatchObject(stranger);
    expect(await submit(caseId, {}, platform.as('dana', 'practitioner', 'another-school'))).toMatchObject(stranger);
    expect(await submit(caseId, {}, platform.as('hana', 'hub-coordinator', 'early-help-hub'))).toMatchObject(refusedBy('TS-01'));
    expect(await submit(caseId)).toMatchObject(refusedBy('TS-03'));
    await consent(caseId, ['somebody-else']);
    expect(await submit(caseId)).toMatchObject(refusedBy('TS-03'));
    await consent(caseId);
    await platform.setClock('2026-10-03T20:00:00Z');
    const accepted = await submit(caseId);
    expect(accepted).toMatchObject({ status: 201 });
    const shown = await lead.get(`${requests}/${accepted.body.id}`);
    expect(shown.body.steps[0].data.evidence).toMatchObject({
      seenUpTo: { leadProfessional: expect.any(String), eha: expect.any(String), consent: expect.any(String) },
    });
  });

  it('TS-02 six calendar months, the day included: 4 October is a day too late, and an update brings it back in date', async () => {
    const caseId = await aCase('J2 second');
    await consent(caseId);
    // Midnight in London, still summer time.
    await platform.setClock('2026-10-03T23:00:00Z');
    expect(await submit(caseId)).toMatchObject(refusedBy('TS-02'));
    expect(await submit(caseId, { occurredAt: '2026-10-03T22:59:59.999Z' })).toMatchObject({ status: 201 });
    await platform.setClock('2026-10-04T09:00:00Z');
    expect(await submit(caseId)).toMatchObject(refusedBy('TS-02'));
    await platform.publish(assessmentUpdatedV2, caseId, {
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
    await platform.settled();
    const awaiting = async () =>
      (await manager.get(`${requests}?status=awaiting-triage`)).body.items.map(({ id }: { id: string }) => id) as string[];
    expect(await awaiting()).toContain(made.body.id);
    const back = { outcome: 'return-for-information', asked: 'Which evenings are the hardest?', reasons: 'It does not say when.' };
    expect(await lead.post(`${request}/triage`, back)).toMatchObject(refusedBy('TS-04'));
    expect(await manager.post(`${request}/triage`, { ...back, reasons: undefined })).toMatchObject(refusedBy('TS-04'));
    expect(await manager.post(`${request}/triage`, { outcome: 'send-to-panel', reasons: 'x' })).toMatchObject({
      status: 400,
      body: { field: 'panel' },
    });
    expect(await manager.post(`${request}/triage`, back)).toMatchObject({ status: 200 });
    expect(await lead.post(`${request}/information`, { information: 'Fridays.' })).toMatchObject({ status: 200 });
    const panel = { outcome: 'send-to-panel', panel: { panel: 'masg', because: 'complex' }, reasons: 'Several agencies have to agree.' };
    const sent = await manager.post(`${request}/triage`, panel);
    expect(sent).toMatchObject({ status: 200 });
    expect(sent.body.events).toContain('targeted-support.LeadProfessionalTold.v1');
    expect((await manager.post(`${request}/triage`, panel)).status).toBe(409);
    await platform.settled();
    expect(await awaiting()).not.toContain(made.body.id);
    expect(await platform.platform.reactions.parked()).toEqual([]);
  });

  it('TS-03 TS-04 support is allocated to whom the consent reaches, and a field of another outcome is refused', async () => {
    const caseId = await aCase('allocated');
    await consent(caseId);
    await platform.setClock('2026-09-12T09:00:00Z');
    const request = `${requests}/${(await submit(caseId)).body.id}/triage`;
    const allocation = { provider: 'commissioned-provider', organisation: 'targeted-support', supportKind: 'staying-safe' };
    const triage = { outcome: 'allocate-directly', reasons: 'One need, one worker.', allocation };
    expect(await manager.post(request, { ...triage, signpostTo: 'Elsewhere' })).toMatchObject({
      status: 400,
      body: { field: 'signpostTo' },
    });
    expect(await manager.post(request, { ...triage, allocation: { ...allocation, organisation: 'not-agreed' } })).toMatchObject(
      refusedBy('TS-03'),
    );
    expect(await manager.post(request, { ...triage, allocation: { ...allocation, supportKind: 'constructor' } })).toMatchObject(
      refusedBy('TS-05'),
    );
    expect(await manager.post(request, triage)).toMatchObject({ status: 200 });
  });

  it('TS-08 a specialist service that is named is prompted for, and nothing is refused', async () => {
    const caseId = await aCase('specialist');
    await consent(caseId);
    await platform.setClock('2026-09-12T09:00:00Z');
    const made = await submit(caseId, { specialistServices: ['camhs'] });
    expect(made.body.events).toEqual(['targeted-support.RequestSubmitted.v1', 'targeted-support.SpecialistReferralPrompted.v1']);
    const signpost = { outcome: 'signpost', reasons: 'CAMHS meets the need.', signpostTo: 'CAMHS', specialistServices: ['camhs'] };
    const triaged = await manager.post(`${requests}/${made.body.id}/triage`, signpost);
    expect(triaged.body.events).not.toContain('targeted-support.SpecialistReferralPrompted.v1');
    expect((await lead.post(`${requests}/${made.body.id}/withdrawal`, { reasons: 'Late.' })).status).toBe(409);
  });

  it('is submitted once however often it is sent, and changed only by whoever saw it as it is', async () => {
    const caseId = await aCase('repeated');
    await consent(caseId);
    await platform.setClock('2026-09-12T09:00:00Z');
    const first = await submit(caseId, {}, lead, { 'idempotency-key': 'once' });
    expect((await submit(caseId, {}, lead, { 'idempotency-key': 'once' })).body).toEqual(first.body);
    const withdrawal = `${requests}/${first.body.id}/withdrawal`;
    const reasons = { reasons: 'The family has changed its mind.' };
    expect((await lead.post(withdrawal, reasons, { ifMatch: '"7"' })).status).toBe(412);
    expect((await platform.as('omar', 'practitioner', 'city-health').post(withdrawal, reasons)).status).toBe(403);
    expect(await lead.post(withdrawal, reasons, { ifMatch: '"1"' })).toMatchObject({ status: 200, body: { version: 2 } });
    const shown = await lead.get(`${requests}/${first.body.id}`);
    expect(shown).toMatchObject({ headers: { etag: '"2"' }, body: { status: 'withdrawn' } });
  });

  it('a case that nobody told of is not found', async () => {
    expect((await submit(idOf<CaseId>('unheard of'))).status).toBe(404);
  });
});
