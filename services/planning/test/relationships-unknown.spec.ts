import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { assessmentContracts, assessmentOpened, consentGiven, consentGivenV2, consentWithdrawn } from '@waymark/assessment-contracts';
import type { CaseId } from '@waymark/kernel';
import { testPlatform, type TestPlatform } from '@waymark/nest';
import { contactReceived, referralContracts } from '@waymark/referral-contracts';
import { idOf } from '@waymark/testing';
import { planningService } from '../src/index.js';

const caseId = idOf<CaseId>('case');
const consentId = idOf('consent');
const [takingPart, consents, relationships] = ['take-part-in-early-help', 'planning.consent-ledgers-copy', 'planning.relationships-copy-2'];
const lead = { user: 'dana', organisation: 'fenbank-primary' };
const [leila, amir] = [idOf('leila'), idOf('amir')];
const given = {
  ...{ caseId, consentId, giver: leila, purpose: takingPart, covers: [leila, amir], agencies: [lead.organisation, 'city-health'] },
  ...{ from: '2026-03-09T09:00:00.000Z', until: null },
};
const withdrawal = {
  caseId,
  consentId,
  purpose: takingPart,
  agencies: ['city-health'],
  at: '2026-03-09T10:30:00.000Z',
  because: 'withdrawn',
};

describe('who may see a case whose relationships or consent cannot be known', () => {
  let platform: TestPlatform;
  let episode = '';
  /** What the copies of these names write breaks, as by a fault of their engine or of a message. */
  const breaking = new Set<string>();

  beforeEach(async () => {
    breaking.clear();
    const { consent, replicas: copies, ...service } = planningService;
    const breakable = copies.map((one) => ({
      ...one,
      take: (...args: Parameters<typeof one.take>) =>
        breaking.has(one.name) ? Promise.reject(new TypeError('broken')) : one.take(...args),
    }));
    platform = await testPlatform([{ ...service, replicas: breakable, ...(consent ? { consent } : {}) }], {
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
    episode = `/api/planning/episodes/${(await officer().get(`/api/planning/episodes?caseId=${caseId}`)).body.items[0].id}`;
  });
  afterEach(() => platform.stop());

  const officer = () => platform.as('sol', 'support-officer', 'early-help-hub');
  const dana = () => platform.as('dana', 'practitioner', 'fenbank-primary');
  const manager = () => platform.as('maya', 'manager', 'fenbank-primary');
  /** Of an agency that consent reaches. */
  const colin = () => platform.as('colin', 'practitioner', 'city-health');
  /** Of the team, and so by a relationship that outlives the consent. */
  const vera = () => platform.as('vera', 'practitioner', 'city-health');
  const list = '/api/planning/episodes';
  const isListed = async (by: ReturnType<typeof vera>) => ((await by.get(list)).body.items as unknown[]).length > 0;
  const problem = (type: string) => ({
    status: 503,
    headers: { 'retry-after': expect.any(String) },
    body: { type: `urn:waymark:problem:${type}` },
  });

  const joinTheTeam = async (): Promise<void> => {
    const around = { people: [leila, amir], professionals: [{ user: 'vera', organisation: 'city-health' }] };
    const { body } = await dana().post(`${episode}/meetings`, { ...around, agreedBy: leila });
    const invited = await dana().post(`${episode}/meetings/${body.id}/invitations`, { ...around, plannedFor: '2026-03-30T14:00:00+01:00' });
    expect([invited.status, invited.body]).toEqual([200, expect.anything()]);
  };

  it('ACC-01 a withdrawal that is parked at the relationships is no yes: 503 with the reason, until it is put right', async () => {
    expect([(await colin().get(episode)).status, await isListed(colin())]).toEqual([200, true]);
    breaking.add(relationships);
    await platform.publish(consentWithdrawn, caseId, withdrawal);
    await platform.settled();
    expect(await platform.platform.reactions.parked()).toMatchObject([{ reaction: relationships, key: caseId }]);
    expect(await colin().get(episode)).toMatchObject(problem('relationships-unknown'));
    expect(await colin().post(`${episode}/notes`, { text: 'A call.' })).toMatchObject(problem('relationships-unknown'));
    expect(await colin().get(list)).toMatchObject(problem('relationships-unknown'));
    expect([(await officer().get(episode)).status, await isListed(officer())]).toEqual([200, true]);
    // Whoever leads leads by this service's own events: no consent that is missing begins or ends that (CON-17). The same of whose staff leads (SUP-01).
    expect([(await dana().get(episode)).status, await isListed(dana())]).toEqual([200, true]);
    expect([(await manager().get(episode)).status, await isListed(manager())]).toEqual([200, true]);
    expect((await dana().post(`${episode}/notes`, { text: 'A call.' })).status).toBe(201);
    expect(await dana().post(`${episode}/closing`, {})).toMatchObject({ status: 422, body: { rule: 'EP-04' } });
    breaking.clear();
    await platform.platform.reactions.replay(relationships, caseId);
    expect([(await colin().get(episode)).status, await isListed(colin())]).toEqual([403, false]);
    expect((await dana().get(episode)).status).toBe(200);
  });

  it('ACC-01 relationships that do not reach what is recorded are no yes: 503, and those with an office are kept waiting by nothing', async () => {
    const { reactions } = platform.platform;
    const waitForReplica = reactions.waitForReplica.bind(reactions);
    Object.assign(reactions, { waitForReplica: async (name: string, ms: number) => name !== relationships && waitForReplica(name, ms) });
    expect(await colin().get(episode)).toMatchObject(problem('not-yet'));
    expect(await colin().post(`${episode}/notes`, { text: 'A call.' })).toMatchObject(problem('not-yet'));
    expect(await colin().get(list)).toMatchObject(problem('not-yet'));
    expect((await dana().get(episode)).status).toBe(200);
    expect((await dana().post(`${episode}/notes`, { text: 'A call.' })).status).toBe(201);
    expect([(await officer().get(episode)).status, await isListed(officer())]).toEqual([200, true]);
  });

  it('CON-13 of the team nobody reads while the relationships lag: what they read by rests on the consent', async () => {
    await joinTheTeam();
    const { reactions } = platform.platform;
    const waitForReplica = reactions.waitForReplica.bind(reactions);
    Object.assign(reactions, { waitForReplica: async (name: string, ms: number) => name !== relationships && waitForReplica(name, ms) });
    expect(await vera().get(episode)).toMatchObject(problem('not-yet'));
    expect((await dana().get(episode)).status).toBe(200);
  });

  it('CON-13 a withdrawal that is parked at the copy of consent is no yes: 503 for whom the case is open by consent, and for nobody else', async () => {
    await joinTheTeam();
    expect([(await vera().get(episode)).status, await isListed(vera())]).toEqual([200, true]);
    breaking.add(consents);
    await platform.publish(consentWithdrawn, caseId, withdrawal);
    await platform.settled();
    expect(await vera().get(episode)).toMatchObject(problem('consent-unknown'));
    expect(await vera().get(list)).toMatchObject(problem('consent-unknown'));
    for (const by of [dana(), officer()]) expect([(await by.get(episode)).status, await isListed(by)]).toEqual([200, true]);
    breaking.clear();
    await platform.platform.reactions.replay(consents, caseId);
    expect(await vera().get(episode)).toMatchObject({ status: 403, body: { rule: 'CON-13' } });
    expect(await isListed(vera())).toBe(false);
  });

  it('CON-13 a consent that was given before is told again in a later version, and opens nothing that was ended since', async () => {
    // Of before there was a second version, as its publishing again from the log finds it.
    const old = { caseId, consentId: idOf('old'), purpose: takingPart, agencies: ['fen-homes'], from: given.from, until: null };
    const again = { ...old, giver: leila, covers: [leila, amir] };
    const place = await platform.publish(consentGiven, caseId, old);
    await platform.publish(consentWithdrawn, caseId, { ...withdrawal, consentId: old.consentId, agencies: null });
    await platform.settled();
    // A change, since that is a matter of relationships alone until its command asks consent.
    const note = async () => {
      const { status, body } = await platform.as('hal', 'practitioner', 'fen-homes').post(`${episode}/notes`, { text: 'A call.' });
      return [status, body.rule];
    };
    expect(await note()).toEqual([403, 'ACC-01']);
    await platform.publishAgain(consentGivenV2, caseId, again, place);
    await platform.settled();
    expect(await note()).toEqual([403, 'ACC-01']);
    await platform.publish(consentGivenV2, caseId, { ...again, from: '2026-03-09T10:50:00.000Z' });
    await platform.settled();
    expect(await note()).toEqual([201, undefined]);
  });
});
