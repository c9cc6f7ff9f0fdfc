import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { assessmentContracts, assessmentOpened, consentGivenV2, consentWithdrawn } from '@waymark/assessment-contracts';
import type { CaseId } from '@waymark/kernel';
import { testPlatform, type TestPlatform } from '@waymark/nest';
import { contactReceived, referralContracts } from '@waymark/referral-contracts';
import { idOf } from '@waymark/testing';
import { planningService } from '../src/index.js';

const caseId = idOf<CaseId>('case');
const consentId = idOf('consent');
const [takingPart, copy] = ['take-part-in-early-help', 'planning.consent-ledgers-copy'];
const lead = { user: 'dana', organisation: 'fenbank-primary' };
const given = {
  ...{ caseId, consentId, giver: idOf('leila'), purpose: takingPart, covers: [idOf('leila')], agencies: [lead.organisation] },
  ...{ from: '2026-03-09T09:00:00.000Z', until: null },
};
const withdrawal = { caseId, consentId, purpose: takingPart, agencies: null, at: '2026-03-09T10:30:00.000Z', because: 'withdrawn' };

describe('B7 consent that cannot be known', () => {
  let platform: TestPlatform;
  let episode = '';
  /** Breaks what the copy writes, as a fault of its engine or of a message would. */
  let breaks = false;

  beforeEach(async () => {
    breaks = false;
    const { consent, replicas: copies, ...service } = planningService;
    const broken = copies.map((one) =>
      one.name === copy
        ? { ...one, take: (...args: Parameters<typeof one.take>) => (breaks ? Promise.reject(new TypeError('broken')) : one.take(...args)) }
        : one,
    );
    platform = await testPlatform([{ ...service, replicas: broken, ...(consent ? { consent } : {}) }], {
      now: '2026-03-09T11:00:00Z',
      contracts: [...referralContracts, ...assessmentContracts],
    });
    await platform.publish(contactReceived, caseId, {
      caseId,
      contactId: idOf('contact'),
      authority: 'peterborough',
      receivedAt: given.from,
    });
    await platform.publish(consentGivenV2, caseId, given);
    await platform.publish(assessmentOpened, caseId, { caseId, ehaId: idOf('eha'), leadProfessional: lead, openedAt: given.from });
    await platform.settled();
    const officer = platform.as('sol', 'support-officer', 'early-help-hub');
    episode = `/api/planning/episodes/${(await officer.get(`/api/planning/episodes?caseId=${caseId}`)).body.items[0].id}`;
  });
  afterEach(() => platform.stop());

  const note = () => platform.as('dana', 'practitioner', 'fenbank-primary').post(`${episode}/notes`, { text: 'Leila rang.' });
  const unknown = { status: 503, headers: { 'retry-after': '5' }, body: { type: 'urn:waymark:problem:consent-unknown' } };

  it('is no answer while a withdrawal is parked at the copy, and the right one once it is replayed', async () => {
    expect((await note()).status).toBe(201);
    breaks = true;
    await platform.publish(consentWithdrawn, caseId, withdrawal);
    await platform.settled();
    expect(await platform.platform.reactions.parked()).toMatchObject([{ reaction: copy, key: caseId }]);
    expect(await note()).toMatchObject(unknown);
    breaks = false;
    await platform.platform.reactions.replay(copy, caseId);
    expect(await note()).toMatchObject({ status: 422, body: { rule: 'CON-17' } });
  });

  it('is no answer while the copy does not reach what is recorded, and nothing that waits for no consent waits', async () => {
    const { reactions } = platform.platform;
    const added = await note();
    expect(added.status).toBe(201);
    const waitForReplica = reactions.waitForReplica.bind(reactions);
    Object.assign(reactions, { waitForReplica: async (name: string, ms: number) => name !== copy && waitForReplica(name, ms) });
    expect(await note()).toMatchObject(unknown);
    const dana = platform.as('dana', 'practitioner', 'fenbank-primary');
    const correction = { text: 'It was her sister.', why: 'Misheard.' };
    expect((await dana.post(`${episode}/notes/${added.body.id}/correction`, correction)).status).toBeLessThan(300);
    Object.assign(reactions, { waitForReplica });
    expect((await note()).status).toBe(201);
  });
});
