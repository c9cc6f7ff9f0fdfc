import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { consentWithdrawn } from '@waymark/assessment-contracts';
import { idOf } from '@waymark/testing';
import { targetedSupportService } from '../src/index.js';
import { requests, startWorld, type World } from './world.js';

const ledgers = 'targeted-support.consent-ledgers-copy';
/** A fault of the copy's engine, or of a message. */
let broken = false;
let world: World;

beforeAll(async () => {
  const copies = targetedSupportService.replicas.map((one) => ({
    ...one,
    take: (...args: Parameters<typeof one.take>) =>
      broken && one.name === ledgers ? Promise.reject(new TypeError('broken')) : one.take(...args),
  }));
  world = await startWorld({ ...targetedSupportService, replicas: copies });
});
afterAll(() => world.platform.stop());

it('CON-17 what waits for no consent goes on where consent cannot be known; what rests on it is 503', async () => {
  const { platform, aCase, consent, submit, lead, manager } = world;
  const caseId = await aCase('of which consent is not known');
  await consent(caseId);
  await platform.setClock('2026-04-13T09:00:00Z');
  const [toWithdraw, toSignpost, toReturn] = await Promise.all([submit(caseId), submit(caseId), submit(caseId)]);
  const at = ({ body }: typeof toReturn) => `${requests}/${body.id}`;
  broken = true;
  await platform.publish(consentWithdrawn, caseId, {
    ...{ caseId, consentId: idOf(`${caseId} consent`), purpose: 'targeted-support-request', agencies: ['targeted-support'] },
    ...{ at: '2026-04-12T09:00:00.000Z', because: 'withdrawn' },
  });
  await platform.settled();
  expect(await platform.platform.reactions.parked()).toMatchObject([{ reaction: ledgers, key: caseId }]);

  const unknown = { status: 503, body: { type: 'urn:waymark:problem:consent-unknown' } };
  const panel = { outcome: 'send-to-panel', panel: { panel: 'masg', because: 'complex' }, reasons: 'Several agencies have to agree.' };
  const allocation = { provider: 'commissioned-provider', organisation: 'targeted-support', supportKind: 'staying-safe' };
  expect(await submit(caseId)).toMatchObject(unknown);
  expect(await manager.post(`${at(toReturn)}/triage`, panel)).toMatchObject(unknown);
  expect(await manager.post(`${at(toReturn)}/triage`, { outcome: 'allocate-directly', allocation, reasons: 'x' })).toMatchObject(unknown);

  const back = { outcome: 'return-for-information', asked: 'Which evenings are the hardest?', reasons: 'It does not say when.' };
  expect(await manager.post(`${at(toReturn)}/triage`, back)).toMatchObject({ status: 200 });
  expect(await lead.post(`${at(toReturn)}/information`, { information: 'Fridays.' })).toMatchObject(unknown);
  const elsewhere = { outcome: 'signpost', signpostTo: 'The youth club on Fridays.', reasons: 'That is what helps.' };
  expect(await manager.post(`${at(toSignpost)}/triage`, elsewhere)).toMatchObject({ status: 200 });
  expect(await lead.post(`${at(toWithdraw)}/withdrawal`, { reasons: 'The family asked for it.' })).toMatchObject({ status: 200 });
});
