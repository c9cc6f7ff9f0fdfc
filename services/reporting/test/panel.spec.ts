import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { collect, type Recorded } from '@waymark/event-store';
import { streamOf, type CaseId } from '@waymark/kernel';
import { testPlatform, type Answer, type TestPlatform } from '@waymark/nest';
import { packSource, shippedPacks, type PolicyPack } from '@waymark/policy';
import { contactReceived, referralContracts } from '@waymark/referral-contracts';
import { idOf } from '@waymark/testing';
import { CaseHistory } from '../src/history/case-history.js';
import { DomainCatalogue } from '../src/history/domain-catalogue.js';
import { ReplayCheck } from '../src/history/replay/replay.js';
import { boardService, panel } from './panel.fixture.js';

const [amir, maya] = [idOf<CaseId>('amir'), idOf<CaseId>('maya')];

/** Peterborough's next guidance, under a name of its own. */
const peterborough = shippedPacks.find(({ authority }) => authority === 'peterborough') as PolicyPack;
const packs = packSource([
  ...shippedPacks,
  { ...peterborough, id: 'working-together-in-the-city', version: '2026-01', validFrom: '2026-01-05' as never },
]);

describe('B4 a panel, whose decisions are of two families and of none', () => {
  let platform: TestPlatform;
  let opened: Answer;
  let held: Answer;
  const panelId = () => String(opened.body.id);
  const events = async (): Promise<readonly Recorded[]> => collect(platform.platform.engines.store.read(streamOf(panel, panelId())));
  const kindsOf = async (caseId: CaseId | null) =>
    (await events()).filter((event) => event.caseId === caseId).map(({ type }) => type.split('.')[1]);

  beforeAll(async () => {
    platform = await testPlatform([boardService], { now: '2026-03-02T09:15:00Z', contracts: referralContracts, packs });
    for (const [caseId, authority] of [
      [amir, 'peterborough'],
      [maya, 'cambridgeshire'],
    ] as const)
      await platform.publish(contactReceived, caseId, {
        ...{ caseId, contactId: idOf(`contact ${caseId}`), authority },
        receivedAt: '2026-03-02T09:15:00.000Z',
      });
    await platform.settled();
    const chair = platform.as('cleo', 'targeted-support-manager', 'council');
    opened = await chair.post('/api/board/panels', {});
    held = await chair.post(`/api/board/panels/${panelId()}/meeting`, {
      decisions: `${amir} A family worker.\n${maya} A mentor for Maya.`,
    });
    await platform.settled();
  });
  afterAll(() => platform.stop());

  it('answers without a case, truthfully', () => {
    expect([opened.status, opened.body.caseId]).toEqual([201, null]);
    expect([held.status, held.body.caseId]).toEqual([200, null]);
    expect(held.body.events).toHaveLength(5);
  });

  it('is one decision: all its events stand together, each under its own case', async () => {
    const decided = (await events()).slice(1, 6);
    expect(new Set(decided.map(({ commandId }) => commandId)).size).toBe(1);
    expect(decided.map(({ version, caseId }) => [version, caseId])).toEqual([
      [2, null],
      [3, amir],
      [4, amir],
      [5, maya],
      [6, maya],
    ]);
  });

  it('is reacted to by a workflow, for each family and for none', async () => {
    expect(await kindsOf(null)).toEqual(['PanelOpened', 'PanelHeld', 'LetterSent']);
    expect(await kindsOf(amir)).toEqual(['FamilyDiscussed', 'DeadlineSet', 'LetterSent']);
    expect(await kindsOf(maya)).toEqual(['FamilyDiscussed', 'DeadlineSet', 'LetterSent']);
    expect(await platform.platform.reactions.parked()).toEqual([]);
  });

  it("shows each family its own in the chronology, and nothing of another's", async () => {
    const practice = new DomainCatalogue([panel]);
    const history = new CaseHistory(platform.platform.engines.store, practice);
    const told = async (caseId: CaseId) => (await collectTold(history, caseId)).filter((sentence) => sentence.startsWith('The panel'));
    expect(await told(amir)).toEqual(['The panel decided: A family worker.']);
    expect(await told(maya)).toEqual(['The panel decided: A mentor for Maya.']);
    const replay = await new ReplayCheck(platform.platform.engines.store, practice, history).of(amir);
    expect(replay).toMatchObject({ same: true });
  });

  it('A7 records each decision under the guidance of its authority, whatever the pack is called', async () => {
    const policies = (await events()).map(({ type, caseId, policy }) => [type.split('.')[1], caseId, policy.pack]);
    expect(policies).toContainEqual(['PanelHeld', null, 'cambridgeshire']);
    expect(policies).toContainEqual(['LetterSent', null, 'cambridgeshire']);
    expect(policies).toContainEqual(['LetterSent', amir, 'working-together-in-the-city']);
    expect(policies).toContainEqual(['LetterSent', maya, 'cambridgeshire']);
  });

  it('fires the deadline of each family, and each is recorded in its own case', async () => {
    await platform.setClock('2026-03-10T09:00:00Z');
    expect((await kindsOf(amir)).slice(3)).toEqual(['DeadlineMissed']);
    expect((await kindsOf(maya)).slice(3)).toEqual(['DeadlineMissed']);
    expect(await kindsOf(null)).not.toContain('DeadlineMissed');
  });

  it("seals what is said of a family under that family's key: erasing one leaves the other", async () => {
    await platform.platform.engines.keys.destroy(amir);
    const decisions = (await events())
      .filter(({ type }) => type.includes('FamilyDiscussed'))
      .map(({ data }) => (data as { decision: unknown }).decision);
    expect(decisions).toEqual([{ erased: true }, 'A mentor for Maya.']);
  });
});

const collectTold = async (history: CaseHistory, caseId: CaseId): Promise<readonly string[]> => {
  const sentences: string[] = [];
  for await (const { tells } of history.historyOf(caseId)) sentences.push(tells);
  return sentences;
};
