import { instant } from '@waymark/kernel';
import { packFor } from '@waymark/policy';
import { firstName, type Known } from './front-door.js';
import type { Tale } from '../tale.js';

const worker = ({ by, family }: Tale) => by(family.lead, 'practitioner');
const visitor = ({ by, staff }: Tale) => by(staff.health, 'practitioner');
const coordinator = ({ by, staff }: Tale) => by(staff.hub, 'hub-coordinator');

/** @returns where the assessment is */
export const openAssessment = async (tale: Tale, { caseId }: Known): Promise<string> => {
  const opened = await worker(tale).post('/api/assessment/assessments', { caseId });
  return `/api/assessment/assessments/${opened.id}`;
};

/** Who is at home, what the child says, and what health knows. */
export const beginWriting = async (tale: Tale, eha: string, { child, mother, father }: Known): Promise<void> => {
  const { theme } = tale.family;
  const [heading, text] = theme.section;
  await worker(tale).post(`${eha}/children`, { childId: child });
  await worker(tale).post(`${eha}/members`, { personId: mother, part: 'mother' });
  await worker(tale).post(`${eha}/members`, { personId: father, part: 'father' });
  await visitor(tale).post(`${eha}/sections`, { heading, text });
  const how = tale.family.child.age < 5 ? 'observation' : 'own-words';
  await worker(tale).post(`${eha}/lived-experience`, { childId: child, how, experience: theme.childSays });
};

/** Voices, differing views, needs, network, and the eight considerations. */
export const finishWriting = async (tale: Tale, eha: string, known: Known, at: string): Promise<void> => {
  const { child, mother, father } = known;
  const { theme, grandmother } = tale.family;
  const lead = worker(tale);
  await lead.post(`${eha}/voices`, { personId: mother, words: theme.parentSays });
  await lead.post(`${eha}/voices`, { personId: father, words: theme.fatherSays });
  await lead.post(`${eha}/views`, { personId: mother, view: theme.parentSays });
  await lead.post(`${eha}/views`, { personId: father, view: theme.fatherSays });
  for (const [code, description] of theme.needs) await lead.post(`${eha}/needs`, { code, personId: child, description });
  await lead.post(`${eha}/network`, { name: grandmother, relationship: 'grandmother', help: 'Has the children on two afternoons a week.' });
  for (const consideration of Object.keys(packFor(tale.authority, instant(at)).ehaConsiderations))
    await lead.post(`${eha}/considerations`, { consideration, answer: answers(tale)[consideration] ?? theme.causes });
};

const answers = ({ family: { theme, child, grandmother } }: Tale): Readonly<Record<string, string>> => ({
  'needs-of-all-members': theme.needs.map(([, words]) => words).join(' '),
  'causes-and-past-experience': theme.causes,
  'strengths-and-resilience': `A family that holds together; ${firstName(child.name)} is liked by others.`,
  'family-network': `${firstName(grandmother)} lives near and helps out.`,
  'past-support-and-impact': 'A parenting course two years ago; it helped for as long as it ran.',
  'further-help-needed': theme.actions.map(([what]) => what).join('; '),
  'differing-views': `One parent says: ${theme.parentSays} The other: ${theme.fatherSays}`,
  'realistic-change': theme.goal,
});

/** The family sees the version that stands, and agrees to it. */
export const agree = async (tale: Tale, eha: string, by: string): Promise<void> => {
  const { contentVersion } = await worker(tale).get<{ contentVersion: number }>(eha);
  await worker(tale).post(`${eha}/agreements`, { version: contentVersion, by });
};

export const complete = async (tale: Tale, eha: string, copyGivenTo: readonly string[]): Promise<void> => {
  await worker(tale).post(`${eha}/completion`, { copyGivenTo });
};

export const hubAccepts = async (tale: Tale, eha: string): Promise<void> => {
  await coordinator(tale).post(`${eha}/hub-checks`, { safeguarding: 'passed', quality: 'passed', outcome: 'accepted' });
};

export const hubReturns = async (tale: Tale, eha: string): Promise<void> => {
  await coordinator(tale).post(`${eha}/hub-checks`, {
    safeguarding: 'passed',
    quality: 'concern',
    outcome: 'returned',
    reasons: 'What the family itself can do is not said yet, and who keeps an eye on it.',
  });
};

export const closeForWithdrawal = async (tale: Tale, eha: string, { caseId }: Known): Promise<void> => {
  await worker(tale).post(`/api/assessment/cases/${caseId}/assessment/closure`, {
    ehaId: eha.split('/').at(-1),
    reason: 'consent-withdrawn',
  });
};

/** The ids of the needs, in the order in which they were found. */
export const needsOf = async (tale: Tale, eha: string): Promise<readonly string[]> => {
  const { needs } = await worker(tale).get<{ needs: readonly { needId: string }[] }>(eha);
  return needs.map(({ needId }) => needId);
};
