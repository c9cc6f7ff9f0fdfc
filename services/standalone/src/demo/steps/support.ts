import { giveConsent } from './consent.js';
import { needsOf } from './assessment.js';
import type { Known } from './front-door.js';
import type { Tale } from '../tale.js';

const worker = ({ by, family }: Tale) => by(family.lead, 'practitioner');
const manager = ({ by, staff }: Tale) => by(staff.targetedSupport, 'targeted-support-manager');

/** The consent of its own (TS-03), then the request. @returns where the request is */
export const requestSupport = async (tale: Tale, known: Known, eha: string): Promise<string> => {
  const sharedWith = [tale.staff.targetedSupport.organisation, tale.staff.health.organisation];
  await giveConsent(tale, known, { purpose: 'targeted-support-request', agencies: sharedWith });
  const { id } = await worker(tale).post('/api/targeted-support/requests', {
    caseId: known.caseId,
    needs: await needsOf(tale, eha),
    kinds: ['family-support'],
    persons: [known.child, known.mother],
    sharedWith,
    hopedFor: tale.family.theme.goal,
  });
  return `/api/targeted-support/requests/${id}`;
};

export type Outcome = 'allocate-directly' | 'send-to-panel' | 'return-for-information' | 'signpost';

export const triageRequest = async (tale: Tale, request: string, outcome: Outcome): Promise<void> => {
  const organisation = tale.staff.targetedSupport.organisation;
  await manager(tale).post(`${request}/triage`, {
    outcome,
    ...{
      'allocate-directly': {
        reasons: 'The need is plain, and a family worker has room from Monday.',
        allocation: { provider: 'targeted-support-team', organisation, supportKind: 'family-support' },
      },
      'send-to-panel': {
        reasons: 'Several services are needed at once, and they should hear of it together.',
        panel: { panel: 'masg', because: 'complex' },
      },
      'return-for-information': {
        reasons: 'It is not said what has been tried at home.',
        asked: 'What has the family tried since the first meeting, and what came of it?',
      },
      signpost: { reasons: 'The group that meets the need is open to all.', signpostTo: 'The parenting group at the children’s centre.' },
    }[outcome],
  });
};
