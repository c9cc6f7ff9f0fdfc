import { describe, expect, it } from '@jest/globals';
import { takingPart, type HeldConsent, type Stretch } from '@waymark/consent';
import { ERASED, instant, type Actor, type Instant, type OrganisationId, type PersonId } from '@waymark/kernel';
import { packFor } from '@waymark/policy';
import { aCase, actor, dana, idOf, specification } from '@waymark/testing';
import type { SubmitRequest, Triage, TriageRequest } from './commands.js';
import type { ConsentInForce, Evidence } from './evidence.js';
import * as events from './events.js';
import { requestConsent } from './policies.js';
import { agreedTo, consentOf } from './request.fixture.js';
import { request } from './request.js';

const at = (text: string): Instant => instant(text);
const noon = at('2026-10-03T11:00:00Z');
const { given } = specification(agreedTo(request), packFor('peterborough', noon));
const elsewhere = specification(agreedTo(request), packFor('cambridgeshire', noon));

const requestId = idOf('request');
const needId = idOf('need');
const service = 'targeted-support' as OrganisationId;
const provider = 'safe-steps' as OrganisationId;
const lead = { user: dana.user, organisation: dana.organisation };
const manager = actor('mira', 'targeted-support-manager', 'targeted-support');
const byManager = { now: at('2026-10-05T09:00:00Z'), actor: manager };

const consent: ConsentInForce = {
  consentId: idOf('consent'),
  purpose: 'targeted-support-request',
  agencies: [service, provider],
  from: at('2026-10-01T09:00:00Z'),
  until: null,
};
const eha = {
  ehaId: idOf('eha'),
  completedAt: at('2026-04-03T14:00:00Z'),
  updatedAt: null,
  accepted: true,
  needs: [{ needId }, { needId: idOf('need not named') }],
};
const seenUpTo = { leadProfessional: '0000000041', eha: '0000000032', consent: '0000000057' };
const evidence: Evidence = { leadProfessional: lead, eha, consents: [consent], seenUpTo };

type Unplaced<C> = Omit<C, 'meta'>;
const submit = (overrides: Partial<SubmitRequest> = {}): Unplaced<SubmitRequest> => ({
  kind: 'SubmitRequest',
  caseId: aCase,
  requestId,
  needs: [needId],
  kinds: ['staying-safe'],
  persons: [idOf<PersonId>('Kai')],
  sharedWith: [service, provider],
  specialistServices: [],
  hopedFor: 'That he feels safe on his way to school again',
  evidence,
  ...overrides,
});
const submitWith = (part: Partial<Evidence>) => submit({ evidence: { ...evidence, ...part } });
const when = (now: string, who: Actor = dana) => ({ now: at(now), actor: who });
const inTime = when('2026-10-03T11:00:00Z');

const evidenceRecorded = {
  leadProfessional: lead,
  ehaId: eha.ehaId,
  ehaCompletedAt: eha.completedAt,
  ehaUpdatedAt: null,
  needs: [{ needId }],
  consents: [{ consentId: consent.consentId, agencies: [service, provider], from: consent.from, until: null }],
  seenUpTo,
};
const asked = { requestId, needs: [needId], kinds: ['staying-safe'], sharedWith: [service, provider], evidence: evidenceRecorded };
const submitted = events.RequestSubmitted({ ...asked, persons: [idOf<PersonId>('Kai')], hopedFor: submit().hopedFor });

const triage = (outcome: Triage, overrides: Partial<TriageRequest> = {}): Unplaced<TriageRequest> => ({
  kind: 'TriageRequest',
  caseId: aCase,
  requestId,
  triage: outcome,
  reasons: 'Exploitation by older peers; two schools and the police know of it',
  specialistServices: [],
  evidence,
  ...overrides,
});
const toPanel: Triage = { outcome: 'send-to-panel', panel: 'masg', because: 'complex' };
const allocate: Triage = {
  outcome: 'allocate-directly',
  provider: 'commissioned-provider',
  organisation: provider,
  supportKind: 'staying-safe',
};
const goBack: Triage = { outcome: 'return-for-information', asked: 'What has the school tried?' };
const signpost: Triage = { outcome: 'signpost', to: 'The youth club at the community centre' };
const triaged = (outcome: Triage['outcome']) =>
  events.RequestTriaged({
    requestId,
    outcome,
    reasons: triage(toPanel).reasons,
    evidence: { leadProfessional: lead, consents: evidenceRecorded.consents, seenUpTo },
  });
const told = (outcome: Triage['outcome']) => events.LeadProfessionalTold({ requestId, leadProfessional: lead, outcome });
const sentToPanel = events.RequestSentToPanel({
  requestId,
  panel: 'masg',
  because: 'complex',
});
const returned = events.RequestReturned({ requestId, asked: 'What has the school tried?' });
const signposted = events.FamilySignposted({ requestId, to: 'The youth club at the community centre' });

describe('submitting a request', () => {
  it('GEN-01 is recorded with what the gate rested on', () => given().when(submit(), inTime).then(submitted));

  it('TS-01 anybody but the Lead Professional is refused', () =>
    given().when(submit(), when('2026-09-10T09:00:00Z', manager)).refused('TS-01'));
  it('TS-01 the same person for another organisation is refused', () =>
    given()
      .when(submit(), when('2026-10-03T09:00:00Z', actor('dana', 'practitioner', 'other-school')))
      .refused('TS-01'));
  it('TS-01 another person of the same organisation is refused', () =>
    given()
      .when(submit(), when('2026-10-03T09:00:00Z', actor('omar', 'lead-professional', 'fenbank-primary')))
      .refused('TS-01'));
  it('TS-01 where nobody leads the case it is refused', () =>
    given()
      .when(submitWith({ leadProfessional: null }), inTime)
      .refused('TS-01'));

  it('TS-02 without a completed assessment it is refused', () =>
    given()
      .when(submitWith({ eha: null }), inTime)
      .refused('TS-02'));
  it('FD-07 before the hub has accepted the assessment it is refused', () =>
    given()
      .when(submitWith({ eha: { ...eha, accepted: false } }), inTime)
      .refused('FD-07'));

  it('TS-02 six months after completion the day is included, to its last minute in London', () =>
    given().when(submit(), when('2026-10-03T22:59:59.999Z')).then(submitted));
  it('TS-02 a day later the assessment is out of date', () => given().when(submit(), when('2026-10-03T23:00:00Z')).refused('TS-02'));
  it('TS-02 at noon of 4 October it is out of date', () => given().when(submit(), when('2026-10-04T11:00:00Z')).refused('TS-02'));
  it('TS-02 an update makes it good again, for six months with the day included', () => {
    const updated = submitWith({ eha: { ...eha, updatedAt: at('2026-10-06T09:00:00Z') } });
    const updatedAt = { ...evidenceRecorded, ehaUpdatedAt: at('2026-10-06T09:00:00Z') };
    const expected = events.RequestSubmitted({ ...submitted.data, evidence: updatedAt });
    given().when(updated, when('2026-10-07T09:00:00Z')).then(expected);
    given().when(updated, when('2027-04-06T22:59:59.999Z')).then(expected);
    given().when(updated, when('2027-04-06T23:00:00Z')).refused('TS-02');
  });
  it('TS-02 completed on 31 August it is good to the last day of February', () => {
    const august = submitWith({ eha: { ...eha, completedAt: at('2026-08-31T09:00:00Z') } });
    given().when(august, when('2027-02-28T23:59:59Z')).including();
    given().when(august, when('2027-03-01T00:00:00Z')).refused('TS-02');
  });
  it('TS-02 a late entry is judged by the day on which it was submitted', () => {
    given()
      .when(submit(), { ...when('2026-10-05T09:00:00Z'), occurredAt: at('2026-10-02T09:00:00Z') })
      .then(submitted);
    given()
      .when(submit(), { ...when('2026-10-05T09:00:00Z'), occurredAt: at('2026-10-04T09:00:00Z') })
      .refused('TS-02');
  });
  it('TS-02 a need that the assessment does not evidence is refused, and named', () =>
    given()
      .when(submit({ needs: [needId, idOf('elsewhere')] }), inTime)
      .refused('TS-02', { field: 'needs.1' }));
  it('TS-02 a request that names no need is refused', () =>
    given()
      .when(submit({ needs: [] }), inTime)
      .refused('TS-02', { field: 'needs' }));

  it('TS-03 without the additional consent it is refused', () =>
    given()
      .when(submitWith({ consents: [] }), when('2026-09-10T09:00:00Z'))
      .refused('TS-03'));
  it('TS-03 consent to take part in Early Help does not stand in for it', () =>
    given()
      .when(submitWith({ consents: [{ ...consent, purpose: 'early-help' }] }), inTime)
      .refused('TS-03'));
  it('TS-03 consent that does not reach an organisation is refused, and the organisation named', () =>
    given()
      .when(submitWith({ consents: [{ ...consent, agencies: [service] }] }), inTime)
      .refused('TS-03', { field: 'sharedWith.1' }));
  it('TS-03 two consents may reach the organisations between them', () =>
    given()
      .when(
        submitWith({
          consents: [
            { ...consent, agencies: [service] },
            { ...consent, consentId: idOf('second'), agencies: [provider] },
          ],
        }),
        inTime,
      )
      .including());
  it('TS-03 a request that is shared with nobody is refused', () =>
    given()
      .when(submit({ sharedWith: [] }), inTime)
      .refused('TS-03', { field: 'sharedWith' }));

  it('TS-05 a kind of support that is not offered here is refused', () =>
    given()
      .when(submit({ kinds: ['staying-safe', 'youth-support'] }), inTime)
      .refused('TS-05', { field: 'kinds.1' }));
  it('TS-05 the other authority offers it', () =>
    elsewhere
      .given()
      .when(submit({ kinds: ['youth-support'] }), inTime)
      .including());
  it('TS-05 a request that names no kind is refused', () =>
    given()
      .when(submit({ kinds: [] }), inTime)
      .refused('TS-05', { field: 'kinds' }));

  it('TS-08 a specialist service that is named is prompted for once, and the request goes on', () =>
    given()
      .when(submit({ specialistServices: ['camhs', 'camhs'] }), inTime)
      .then(submitted, events.SpecialistReferralPrompted({ requestId, service: 'camhs' })));

  it('is submitted once', () => given(submitted).when(submit(), inTime).refused('wrong-state'));
});

describe('triage', () => {
  it('TS-04 by anybody but a manager of Targeted Support is refused', () => {
    for (const role of ['hub-coordinator', 'lead-professional', 'triage-officer', 'manager'] as const)
      given(submitted)
        .when(triage(toPanel), { ...byManager, actor: { ...manager, role } })
        .refused('TS-04', { field: 'actor' });
  });
  it('TS-04 without reasons is refused', () =>
    given(submitted)
      .when(triage(toPanel, { reasons: ' \n' }), byManager)
      .refused('TS-04', { field: 'reasons' }));

  it('TS-04 a complex one goes to the panel, and the Lead Professional is told', () =>
    given(submitted).when(triage(toPanel), byManager).then(triaged('send-to-panel'), sentToPanel, told('send-to-panel')));
  it('TS-04 one that would benefit from a wider discussion goes to the panel', () =>
    given(submitted)
      .when(triage({ ...toPanel, because: 'wider-discussion' }), byManager)
      .including(events.RequestSentToPanel({ ...sentToPanel.data, because: 'wider-discussion' })));
  it('TS-04 a panel that the authority does not have is refused', () => {
    given(submitted)
      .when(triage({ ...toPanel, panel: 'constructor' }), byManager)
      .refused('TS-04', { field: 'triage.panel' });
    elsewhere.given(submitted).when(triage(toPanel), byManager).refused('TS-04', { field: 'triage.panel' });
  });

  it('TS-04 support is allocated directly', () =>
    given(submitted)
      .when(triage(allocate), byManager)
      .then(
        triaged('allocate-directly'),
        events.SupportAllocated({ requestId, provider: 'commissioned-provider', organisation: provider, supportKind: 'staying-safe' }),
        told('allocate-directly'),
      ));
  it('TS-05 only a kind of support that is offered is allocated', () =>
    given(submitted)
      .when(triage({ ...allocate, supportKind: 'youth-support' }), byManager)
      .refused('TS-05', { field: 'triage.supportKind' }));
  it('TS-03 it is allocated to nobody whom the consent does not reach', () =>
    given(submitted)
      .when(triage({ ...allocate, organisation: 'someone-else' as OrganisationId }), byManager)
      .refused('TS-03', { field: 'triage.organisation' }));
  it('CON-13 once the consent is withdrawn nothing is allocated or taken to a panel; it can still be returned or signposted', () => {
    const withdrawn = { evidence: { ...evidence, consents: [] } };
    given(submitted).when(triage(allocate, withdrawn), byManager).refused('TS-03');
    given(submitted).when(triage(toPanel, withdrawn), byManager).refused('TS-03');
    given(submitted).when(triage(goBack, withdrawn), byManager).including(returned);
    given(submitted).when(triage(signpost, withdrawn), byManager).including(signposted);
  });

  it('TS-04 it is returned with what is asked', () =>
    given(submitted).when(triage(goBack), byManager).then(triaged('return-for-information'), returned, told('return-for-information')));
  it('TS-04 a return that asks nothing is refused', () =>
    given(submitted)
      .when(triage({ ...goBack, asked: ' ' }), byManager)
      .refused('TS-04', { field: 'triage.asked' }));
  it('TS-04 the family is signposted', () =>
    given(submitted).when(triage(signpost), byManager).then(triaged('signpost'), signposted, told('signpost')));
  it('TS-04 a signpost to nowhere is refused', () =>
    given(submitted)
      .when(triage({ ...signpost, to: '' }), byManager)
      .refused('TS-04', { field: 'triage.to' }));

  it('TS-04 whoever leads the case now is told, not whoever asked then', () => {
    const omar = { user: 'omar' as typeof lead.user, organisation: provider };
    given(submitted)
      .when(triage(goBack, { evidence: { ...evidence, leadProfessional: omar } }), byManager)
      .including(events.LeadProfessionalTold({ requestId, leadProfessional: omar, outcome: 'return-for-information' }));
    given(submitted)
      .when(triage(goBack, { evidence: { ...evidence, leadProfessional: null } }), byManager)
      .including(told('return-for-information'));
  });

  it('TS-08 a specialist service that the triage names is prompted for, unless it was at submission', () => {
    const prompted = events.SpecialistReferralPrompted({ requestId, service: 'camhs' });
    given(submitted, prompted)
      .when(triage(signpost, { specialistServices: ['camhs', 'disability-0-25'] }), byManager)
      .then(
        triaged('signpost'),
        signposted,
        told('signpost'),
        events.SpecialistReferralPrompted({ requestId, service: 'disability-0-25' }),
      );
  });

  it('happens once, and not before a request', () => {
    given(submitted, triaged('send-to-panel'), sentToPanel).when(triage(toPanel), byManager).refused('wrong-state');
    given().when(triage(toPanel), byManager).refused('unknown');
  });
});

describe('after a return', () => {
  const history = [submitted, triaged('return-for-information'), returned, told('return-for-information')];
  const provide = {
    kind: 'ProvideInformation',
    caseId: aCase,
    requestId,
    information: 'A mentor and a changed timetable',
    evidence,
  } as const;
  const provided = events.InformationProvided({ ...asked, information: provide.information });

  it('the Lead Professional answers, and it awaits triage again', () => {
    const outcome = given(...history).when(provide, inTime);
    outcome.then(provided);
    expect(outcome.state()).toMatchObject({ status: 'awaiting-triage', returns: 1 });
    given(...history, provided)
      .when(triage(toPanel), byManager)
      .including(sentToPanel);
  });
  it('what is named anew takes the place of what was asked', () =>
    given(...history)
      .when({ ...provide, kinds: ['family-support'], sharedWith: [service] }, inTime)
      .then(events.InformationProvided({ ...provided.data, kinds: ['family-support'], sharedWith: [service] })));
  it('TS-05 B3 kinds of support that were erased are named anew', () => {
    const [, ...since] = history;
    const erased = events.RequestSubmitted({ ...submitted.data, kinds: ERASED });
    given(erased, ...since)
      .when(provide, inTime)
      .refused('TS-05', { field: 'kinds' });
    given(erased, ...since)
      .when({ ...provide, kinds: ['family-support'] }, inTime)
      .then(events.InformationProvided({ ...provided.data, kinds: ['family-support'] }));
  });
  it('B3 the needs are recorded by their ids', () => expect(provided.data.evidence.needs).toEqual([{ needId }]));
  it('the gate is asked again', () => {
    const again = (part: Partial<Evidence>) => ({ ...provide, evidence: { ...evidence, ...part } });
    given(...history)
      .when(provide, when('2026-10-03T09:00:00Z', manager))
      .refused('TS-01');
    given(...history)
      .when(provide, when('2026-10-04T09:00:00Z'))
      .refused('TS-02');
    given(...history)
      .when(again({ eha: { ...eha, accepted: false } }), inTime)
      .refused('FD-07');
    given(...history)
      .when(again({ consents: [] }), inTime)
      .refused('TS-03');
    given(...history)
      .when({ ...provide, needs: [idOf('elsewhere')] }, inTime)
      .refused('TS-02', { field: 'needs.0' });
  });
  it('only after a return', () => {
    given(submitted).when(provide, inTime).refused('wrong-state');
    given(...history, provided)
      .when(provide, inTime)
      .refused('wrong-state');
    given().when(provide, inTime).refused('unknown');
  });
});

describe('CON-14 CON-16 what follows a request is about everybody in it, and shared with all whom it names', () => {
  const [kai, sister] = [idOf<PersonId>('Kai'), idOf<PersonId>('sister')];
  const takesPart = consentOf(takingPart, { covers: [kai, sister] });
  const ofBoth = consentOf(requestConsent, { covers: [kai, sister] });
  const january = at('2026-01-05T09:00:00Z');
  const reaching = (covers: readonly PersonId[], agencies: readonly OrganisationId[], more: Partial<Stretch> = {}) =>
    consentOf(requestConsent, {
      ...{ consentId: idOf(`${String(covers)} ${String(agencies)}`), covers },
      reach: agencies.map((agency) => ({ agency, from: january, until: null, ...more })),
    });
  const on = (...consents: readonly HeldConsent[]) => ({
    consent: { ledger: { consents: [takesPart, ...consents], decisions: [] }, seen: '57' },
  });
  const forKaiOnly = on(reaching([kai], [service, provider]), reaching([sister], [service]));

  const both = events.RequestSubmitted({ ...submitted.data, persons: [kai, sister] });
  const history = [both, triaged('return-for-information'), returned];
  const provide = { kind: 'ProvideInformation', caseId: aCase, requestId, information: 'A mentor', evidence } as const;

  it('a request is submitted for those only for whom each agency is reached', () => {
    given()
      .when({ ...submit({ persons: [kai, sister] }), ...forKaiOnly }, inTime)
      .refused('CON-16', { field: 'sharedWith' });
    given()
      .when({ ...submit({ persons: [kai, sister] }), ...on(ofBoth) }, inTime)
      .then(both);
    given()
      .when({ ...submit(), ...forKaiOnly }, inTime)
      .then(submitted);
  });

  it('information is given for those whom the request names, with those whom it names, unless others are named anew', () => {
    given(...history)
      .when({ ...provide, ...forKaiOnly }, inTime)
      .refused('CON-16', { field: 'requestId' });
    given(...history)
      .when({ ...provide, ...forKaiOnly, sharedWith: [service, provider] }, inTime)
      .refused('CON-16', { field: 'sharedWith' });
    given(...history)
      .when({ ...provide, ...forKaiOnly, sharedWith: [service] }, inTime)
      .including();
    given(...history)
      .when({ ...provide, ...on(ofBoth) }, inTime)
      .including();
    given(...history)
      .when({ ...provide, consent: { ledger: { consents: [consentOf(takingPart), ofBoth], decisions: [] }, seen: '57' } }, inTime)
      .refused('CON-16', { field: 'requestId' });
  });

  it('it goes to a panel or a provider for those whom the request names, and is returned or signposted all the same', () => {
    for (const outcome of [toPanel, allocate])
      given(both)
        .when({ ...triage(outcome), ...forKaiOnly }, byManager)
        .refused('CON-16', { field: outcome === allocate ? 'triage.organisation' : 'requestId' });
    for (const outcome of [toPanel, allocate, goBack, signpost])
      given(both)
        .when({ ...triage(outcome), ...on(ofBoth) }, byManager)
        .including(triaged(outcome.outcome));
    for (const outcome of [goBack, signpost])
      given(both)
        .when({ ...triage(outcome), ...forKaiOnly }, byManager)
        .including(triaged(outcome.outcome));
  });

  it('CON-13 CON-17 somebody of it who takes part no more holds it up, and no late entry goes round that', () => {
    const withdrawnAt = at('2026-10-04T09:00:00Z');
    const ended = takesPart.reach.map((one) => ({ ...one, until: withdrawnAt, endedBy: 'withdrawal' as const }));
    const left = {
      ledger: {
        consents: [
          consentOf(takingPart),
          consentOf(takingPart, { consentId: idOf('hers'), covers: [sister], changedAt: withdrawnAt, reach: ended }),
          ofBoth,
        ],
        decisions: [],
      },
      seen: '57',
    };
    for (const occurredAt of [at('2026-10-03T09:00:00Z'), byManager.now])
      given(both)
        .when({ ...triage(toPanel), consent: left }, { ...byManager, occurredAt })
        .refused('CON-13', { field: 'requestId' });
    given(submitted)
      .when({ ...triage(toPanel), consent: left }, byManager)
      .including(sentToPanel);
  });

  it('CON-19 a decision to share says nothing of whether somebody takes part still', () => {
    const decided = { decisionId: idOf('decision'), about: [kai], agencies: [service, provider], from: january, until: null };
    const onlyDecided = { ledger: { consents: [consentOf(requestConsent)], decisions: [decided] }, seen: '57' };
    given(submitted)
      .when({ ...triage(toPanel), consent: onlyDecided }, byManager)
      .refused('CON-01', { field: 'requestId' });
  });
});

describe('withdrawing', () => {
  const withdraw = { kind: 'WithdrawRequest', caseId: aCase, requestId, reasons: 'The family has changed its mind', evidence } as const;
  const withdrawn = events.RequestWithdrawn({ requestId, reasons: withdraw.reasons });

  it('the Lead Professional withdraws it while it waits, when it was returned, and when a panel is to discuss it', () => {
    for (const history of [[submitted], [submitted, returned], [submitted, sentToPanel]])
      given(...history)
        .when(withdraw, inTime)
        .then(withdrawn);
  });
  it('a manager of Targeted Support withdraws it, when nobody leads the case any more too', () =>
    given(submitted)
      .when({ ...withdraw, evidence: { ...evidence, leadProfessional: null } }, byManager)
      .then(withdrawn));
  it('nobody else does', () =>
    given(submitted)
      .when(withdraw, { ...inTime, actor: actor('omar', 'practitioner', 'fenbank-primary') })
      .refused('not-permitted'));
  it('not after it has ended', () => {
    given(submitted, withdrawn).when(withdraw, inTime).refused('wrong-state');
    given(submitted, signposted).when(withdraw, inTime).refused('wrong-state');
    given(submitted, withdrawn).when(triage(toPanel), byManager).refused('wrong-state');
  });
});
