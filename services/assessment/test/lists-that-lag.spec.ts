import { expect, it } from '@jest/globals';
import { testPlatform } from '@waymark/nest';
import { planningContracts } from '@waymark/planning-contracts';
import { referralContracts } from '@waymark/referral-contracts';
import { assessmentService } from '../src/index.js';
import { aCase, consentOfLeila, done, leila } from './walk.js';

it('CON-13 a withdrawal is recorded while what others tell of relationships lags: whom consent reaches is told here alone', async () => {
  const platform = await testPlatform([assessmentService], {
    now: '2026-03-04T10:00:00Z',
    contracts: [...referralContracts, ...planningContracts],
  });
  const consents = `/api/assessment/cases/${await aCase(platform, 'lagging')}/consents`;
  const school = platform.as('dana', 'practitioner', 'fenbank-primary');
  const { id } = done(await school.post(consents, consentOfLeila)).body;
  const { reactions } = platform.platform;
  const waitForReplica = reactions.waitForReplica.bind(reactions);
  Object.assign(reactions, {
    waitForReplica: async (name: string, ms: number) => name !== 'assessment.relationships-copy-2' && waitForReplica(name, ms),
  });
  const withdrawal = [`${consents}/${id}/withdrawal`, { by: leila, reason: 'She thought it over.' }] as const;
  const stranger = platform.as('omar', 'practitioner', 'city-health');
  expect(await stranger.post(...withdrawal)).toMatchObject({ status: 503, body: { type: 'urn:waymark:problem:not-yet' } });
  expect(await school.post(...withdrawal)).toMatchObject({ status: 200 });
  await platform.stop();
});
