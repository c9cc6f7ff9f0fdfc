import { expect, it } from '@jest/globals';
import { instant, type Intent } from '@waymark/kernel';
import { aCase, specification } from '@waymark/testing';
import { hubEnds } from '../outcomes.js';
import { asCoordinator, asOfficer, contactId, coordinator, hubEnquiryId, pack, school } from '../referral.fixture.js';
import type { DecideHubEnquiry, OpenHubEnquiry } from './commands.js';
import { HubEnquiryDecided, HubEnquiryOpened } from './events.js';
import { hubEnquiry } from './hub-enquiry.js';

const { given } = specification(hubEnquiry, pack);
const open: Intent<OpenHubEnquiry> = { kind: 'OpenHubEnquiry', caseId: aCase, hubEnquiryId, contactId };
const opened = HubEnquiryOpened({ hubEnquiryId, contactId });
const decide = (overrides: Partial<Intent<DecideHubEnquiry>> = {}): Intent<DecideHubEnquiry> => ({
  kind: 'DecideHubEnquiry',
  caseId: aCase,
  end: 'eha-recommended',
  agency: school,
  rationale: 'The school knows the family best.',
  ...overrides,
});
const decided = (end: DecideHubEnquiry['end'], agency: DecideHubEnquiry['agency']) =>
  HubEnquiryDecided({ hubEnquiryId, contactId, end, agency, rationale: 'The school knows the family best.', decidedBy: coordinator.user });

it('opens once', () => {
  given().when(open).then(opened);
  given(opened).when(open).refused('wrong-state');
});

it.each(hubEnds)('FD-06 may end in %s', (end) => {
  const agency = end === 'eha-recommended' ? school : null;
  given(opened).when(decide({ end, agency }), asCoordinator).then(decided(end, agency));
});

it('FD-06 has no fourth end', () => {
  expect(hubEnds).toHaveLength(3);
  given(opened)
    .when(decide({ end: 'wait' as never }), asCoordinator)
    .refused('FD-06', { field: 'end' });
});

it('FD-06 an assessment is recommended to a named agency, and nothing else names one', () => {
  given(opened)
    .when(decide({ agency: null }), asCoordinator)
    .refused('FD-06', { field: 'agency' });
  given(opened)
    .when(decide({ end: 'advice' }), asCoordinator)
    .refused('FD-06', { field: 'agency' });
});

it('FD-06 only a hub co-ordinator decides it', () => {
  given(opened).when(decide(), asOfficer).refused('not-permitted');
  given(opened).when(decide(), asCoordinator).including(decided('eha-recommended', school));
});

it('GEN-01 says why', () =>
  given(opened)
    .when(decide({ rationale: ' ' }), asCoordinator)
    .refused('GEN-01', { field: 'rationale' }));

it('A9 GEN-01 shows how it ended, why, when and who decided', () =>
  expect(given(opened).when(decide(), asCoordinator).state()).toMatchObject({
    status: 'decided',
    end: 'eha-recommended',
    agency: school,
    rationale: 'The school knows the family best.',
    decidedBy: coordinator,
  }));

it('A10 GEN-02 lies not before the enquiry was opened', () => {
  const early = instant('2026-01-01T09:00:00Z');
  given({ ...opened, occurredAt: asCoordinator.now })
    .when(decide(), { ...asCoordinator, occurredAt: early })
    .refused('GEN-02', { field: 'occurredAt' });
  given(opened).when(decide(), asCoordinator).including(decided('eha-recommended', school));
});

it('is decided once, and only where it is open', () => {
  given(opened, decided('advice', null)).when(decide(), asCoordinator).refused('wrong-state');
  given().when(decide(), asCoordinator).refused('unknown');
});
