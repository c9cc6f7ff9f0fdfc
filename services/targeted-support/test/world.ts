import { assessmentAcceptedV2, assessmentCompletedV2, assessmentContracts, consentGivenV2 } from '@waymark/assessment-contracts';
import type { CaseId } from '@waymark/kernel';
import { testPlatform, type Answer, type ServiceDefinition, type TestPlatform } from '@waymark/nest';
import { episodeOpened, planningContracts } from '@waymark/planning-contracts';
import { contactReceived, referralContracts } from '@waymark/referral-contracts';
import { idOf } from '@waymark/testing';
import { targetedSupportService } from '../src/index.js';

export const requests = '/api/targeted-support/requests';
export const needId = idOf('need');
export const needs = [needId];
const ofTheMother = { giver: idOf('mother'), covers: [idOf('young person')] };
export const completedAt = '2026-04-03T10:00:00.000Z';

/** The service alone, on the memory engines; the other services are what they publish. */
export const startWorld = async (service: ServiceDefinition = targetedSupportService) => {
  const platform: TestPlatform = await testPlatform([service], {
    now: '2026-04-03T12:00:00Z',
    contracts: [...referralContracts, ...assessmentContracts, ...planningContracts],
  });
  const lead = platform.as('dana', 'lead-professional', 'fenbank-primary');
  const manager = platform.as('mara', 'targeted-support-manager', 'targeted-support');

  /** A case as the other services tell of it: led by Dana, its assessment completed on 3 April 2026 and accepted. */
  const aCase = async (name: string): Promise<CaseId> => {
    const caseId = idOf<CaseId>(name);
    const [ehaId, episodeId, contactId] = [idOf(`${name} eha`), idOf(`${name} episode`), idOf(`${name} contact`)];
    const leadProfessional = { user: 'dana', organisation: 'fenbank-primary' };
    await platform.publish(contactReceived, caseId, { caseId, contactId, authority: 'peterborough', receivedAt: completedAt });
    await platform.publish(episodeOpened, caseId, { caseId, episodeId, ehaId, leadProfessional, openedAt: completedAt });
    await platform.publish(assessmentCompletedV2, caseId, { caseId, ehaId, completedAt, needs });
    await platform.publish(assessmentAcceptedV2, caseId, { caseId, ehaId, completedAt, acceptedAt: '2026-04-07T09:00:00.000Z', needs });
    await platform.publish(consentGivenV2, caseId, {
      ...{ caseId, consentId: idOf(`${name} taking part`), purpose: 'take-part-in-early-help' },
      ...{ ...ofTheMother, agencies: ['fenbank-primary', 'hill-academy'], from: '2026-03-09T09:00:00.000Z', until: null },
    });
    await platform.settled();
    return caseId;
  };

  const consent = async (caseId: CaseId, agencies: readonly string[] = ['targeted-support']): Promise<void> => {
    await platform.publish(consentGivenV2, caseId, {
      caseId,
      consentId: idOf(`${caseId} consent`),
      purpose: 'targeted-support-request',
      ...ofTheMother,
      agencies,
      from: '2026-04-10T09:00:00.000Z',
      until: null,
    });
    await platform.settled();
  };

  const submit = (caseId: CaseId, more: object = {}, by = lead, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
    by.post(
      requests,
      {
        caseId,
        needs: [needId],
        kinds: ['staying-safe'],
        persons: [idOf('young person')],
        sharedWith: ['targeted-support'],
        hopedFor: 'To be safe on the way home.',
        ...more,
      },
      headers,
    );

  return { platform, lead, manager, aCase, consent, submit };
};
export type World = Awaited<ReturnType<typeof startWorld>>;
