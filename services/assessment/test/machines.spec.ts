import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { testPlatform, type TestPlatform } from '@waymark/nest';
import { planningContracts } from '@waymark/planning-contracts';
import { referralContracts } from '@waymark/referral-contracts';
import { assessmentService } from '../src/index.js';
import { aCase, consentOfLeila, done, refusedBy } from './walk.js';

/** A request that follows another at once, on a machine whose clock is behind. */
describe('machines whose clocks differ', () => {
  let platform: TestPlatform;
  let caseId = '';
  beforeEach(async () => {
    platform = await testPlatform([assessmentService], {
      now: '2026-03-09T10:00:00Z',
      contracts: [...referralContracts, ...planningContracts],
    });
    caseId = await aCase(platform, 'amirs');
    await platform.setClock('2026-03-09T10:00:05Z');
  });
  afterEach(() => platform.stop());

  const school = () => platform.as('dana', 'practitioner', 'fenbank-primary');
  const consents = () => `/api/assessment/cases/${caseId}/consents`;
  const open = () => school().post('/api/assessment/assessments', { caseId });

  it('CON-01 a consent that was given a moment ago elsewhere counts here', async () => {
    done(await school().post(consents(), consentOfLeila));
    await platform.setClock('2026-03-09T10:00:00Z');
    expect((await open()).status).toBe(201);
  });

  it('CON-13 one that was withdrawn a moment ago elsewhere does not count here any more', async () => {
    const { body } = done(await school().post(consents(), consentOfLeila));
    await platform.setClock('2026-03-09T10:00:10Z');
    done(await school().post(`${consents()}/${body.id}/withdrawal`, { by: consentOfLeila.giver.personId, reason: 'She thought it over.' }));
    await platform.setClock('2026-03-09T10:00:07Z');
    refusedBy(await open(), 'CON-17');
  });

  it.each(['2026-03-09T10:06:00Z', '2026-03-09T10:00:06Z'])(
    'D4 CON-17 a clock that was set back to %s brings back nothing that was withdrawn at 10:08',
    async (setBackTo) => {
      const { body } = done(await school().post(consents(), consentOfLeila));
      await platform.setClock('2026-03-09T10:08:00Z');
      done(await school().post(`${consents()}/${body.id}/withdrawal`, { by: consentOfLeila.giver.personId }));
      await platform.setClock(setBackTo);
      refusedBy(await open(), 'CON-17');
    },
  );

  it('D4 the same clock opens one where nothing was withdrawn', async () => {
    done(await school().post(consents(), consentOfLeila));
    await platform.setClock('2026-03-09T10:08:00Z');
    await platform.setClock('2026-03-09T10:06:00Z');
    expect((await open()).status).toBe(201);
  });

  it('are not followed where one was set: what is dated minutes ahead has not happened yet', async () => {
    done(await school().post(consents(), consentOfLeila));
    await platform.setClock('2026-03-09T09:55:00Z');
    refusedBy(await open(), 'CON-01');
  });
});
