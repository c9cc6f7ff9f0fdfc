import { derivedId, instant, type Day } from '@waymark/kernel';
import { describe, expect, it } from '@jest/globals';
import { specification, idOf } from '@waymark/testing';
import * as fixture from '../planning.fixture.js';
import { agreedTo, about, amir, at, by, episodeId, healthVisitor, lead, leila, needs, nurse, pack } from '../planning.fixture.js';
import { planningDeadlines } from '../shared/deadlines.js';
import { episode } from './episode.js';
import * as events from './events.js';
import type { CloseEpisode, ConfirmLeadProfessional, ConsentFact } from './commands.js';
import type { Intent } from '@waymark/kernel';

const { given } = specification(agreedTo(episode), pack);

const opened = events.EpisodeOpened({ episodeId, ehaId: fixture.ehaId, leadProfessional: lead });
const confirmed = events.LeadProfessionalConfirmed({
  ...{ episodeId, leadProfessional: lead, meetingId: fixture.firstMeeting, agreedBy: [leila], changed: false, transfers: 0 },
});
const noOther = { evidence: { open: null } } as const;
const consent: ConsentFact = { consentId: idOf('consent'), purpose: 'lead-professional-change', inForce: true, ledgerPosition: '42' };
const relied = { consentId: consent.consentId, ledgerPosition: '42' };
const proposed = events.LeadProfessionalProposed({
  episodeId,
  leadProfessional: healthVisitor,
  current: lead,
  consent: relied,
  why: 'School moves.',
});

describe('an episode is opened and noted', () => {
  const open = { ...about, kind: 'OpenEpisode', ehaId: fixture.ehaId, leadProfessional: lead } as const;

  it('EP-01 an assessment that is opened opens an episode, led by its initiator', () => given().when(open).then(opened));

  it('EP-01 asked again, it stays as it is', () => given(opened).when(open).nothing());

  it('takes note of the completed and accepted assessment', () => {
    const completion = { ehaId: fixture.ehaId, completedAt: fixture.completedAt, needs };
    const noted = events.AssessmentCompletionNoted({ episodeId, ...completion });
    given(opened)
      .when({ ...about, kind: 'NoteEhaCompleted', ...completion })
      .then(noted);
    const acceptance = { ehaId: fixture.ehaId, acceptedAt: fixture.acceptedAt };
    given(opened, noted)
      .when({ ...about, kind: 'NoteEhaAccepted', ...acceptance })
      .then(events.AssessmentAcceptanceNoted({ episodeId, ...acceptance }));
  });

  it('knows nothing of an episode that was never opened', () =>
    given()
      .when({ ...about, kind: 'NoteEhaAccepted', ehaId: fixture.ehaId, acceptedAt: fixture.acceptedAt })
      .refused('unknown'));
});

describe('the Lead Professional is decided with the family', () => {
  const confirm: Intent<ConfirmLeadProfessional> = {
    ...about,
    kind: 'ConfirmLeadProfessional',
    meetingId: fixture.firstMeeting,
    leadProfessional: lead,
    agreedBy: [leila],
  };

  it('LP-02 is confirmed with the family', () => given(opened).when(confirm).then(confirmed));

  it('LP-02 is not confirmed without the family', () =>
    given(opened)
      .when({ ...confirm, agreedBy: [] })
      .refused('LP-02', { field: 'agreedBy' }));

  it('LP-02 may be any practitioner, who has accepted; the change is counted', () =>
    given(opened)
      .when({ ...confirm, leadProfessional: healthVisitor, accepted: true, why: 'She knows the family best.' })
      .then(
        events.LeadProfessionalConfirmed({
          ...{
            episodeId,
            leadProfessional: healthVisitor,
            meetingId: fixture.firstMeeting,
            agreedBy: [leila],
            changed: true,
            transfers: 1,
          },
          why: 'She knows the family best.',
        }),
      ));

  it('LP-03 somebody new does not lead before they have accepted', () =>
    given(opened)
      .when({ ...confirm, leadProfessional: healthVisitor })
      .refused('LP-03', { field: 'accepted' }));

  it('LP-01 is exactly one: a second is not confirmed beside the first', () =>
    given(opened, confirmed)
      .when({ ...confirm, leadProfessional: healthVisitor, accepted: true })
      .refused('LP-01', { field: 'leadProfessional' }));

  it('is not confirmed by somebody from outside', () => given(opened).when(confirm, by(nurse)).refused('not-permitted'));
});

describe('a transfer', () => {
  const propose = {
    ...about,
    kind: 'ProposeLeadProfessional',
    leadProfessional: healthVisitor,
    why: 'School moves.',
    evidence: { consent },
  } as const;
  const acceptIt = { ...about, kind: 'AcceptLeadProfessional', evidence: { consent } } as const;
  const accepted = events.LeadProfessionalAccepted({
    episodeId,
    leadProfessional: healthVisitor,
    previous: lead,
    consent: relied,
    transfers: 1,
  });

  it("LP-03 is proposed with the family's consent", () => given(opened, confirmed).when(propose).then(proposed));

  it('LP-03 is refused without any consent', () =>
    given(opened, confirmed)
      .when({ ...propose, evidence: { consent: null } })
      .refused('LP-03', { field: 'consentId' }));

  it('LP-03 is refused on a consent that was withdrawn', () =>
    given(opened, confirmed)
      .when({ ...propose, evidence: { consent: { ...consent, inForce: false } } })
      .refused('LP-03', { field: 'consentId' }));

  it('LP-03 is refused on a consent to something else', () =>
    given(opened, confirmed)
      .when({ ...propose, evidence: { consent: { ...consent, purpose: 'targeted-support-request' } } })
      .refused('LP-03', { field: 'consentId' }));

  it('LP-03 takes effect when the new one accepts', () => given(opened, confirmed, proposed).when(acceptIt, by(nurse)).then(accepted));

  it('LP-03 is accepted by nobody but the one proposed', () =>
    given(opened, confirmed, proposed).when(acceptIt, by(fixture.otherManager)).refused('LP-03'));

  it('LP-03 is not accepted on a consent that was withdrawn meanwhile', () =>
    given(opened, confirmed, proposed)
      .when({ ...acceptIt, evidence: { consent: { ...consent, inForce: false } } }, by(nurse))
      .refused('LP-03'));

  it('LP-03 until then the old one stays', () => {
    const state = given(opened, confirmed).when(propose).state();
    expect(state.subject).toMatchObject({ leadProfessional: lead, proposed: { leadProfessional: healthVisitor }, transfers: 0 });
  });

  it('LP-04 is counted', () => {
    const state = given(opened, confirmed, proposed).when(acceptIt, by(nurse)).state();
    expect(state.subject).toMatchObject({ leadProfessional: healthVisitor, proposed: null, transfers: 1 });
  });

  it('LP-03 declined, the old one stays and another can be proposed', () => {
    const declined = events.LeadProfessionalDeclined({ episodeId, leadProfessional: healthVisitor, why: 'No capacity.' });
    given(opened, confirmed, proposed)
      .when({ ...about, kind: 'DeclineLeadProfessional', why: 'No capacity.' }, by(nurse))
      .then(declined);
    given(opened, confirmed, proposed, declined).when(propose).then(proposed);
  });

  it('A13 LP-05 a proposal that nobody answers is taken back, and another can be proposed', () => {
    const withdraw = { ...about, kind: 'WithdrawLeadProfessionalProposal', why: 'No answer in a week.' } as const;
    const withdrawn = events.LeadProfessionalProposalWithdrawn({ episodeId, leadProfessional: healthVisitor, why: 'No answer in a week.' });
    given(opened, confirmed, proposed).when(propose).refused('LP-01');
    given(opened, confirmed, proposed).when(withdraw).then(withdrawn);
    given(opened, confirmed, proposed, withdrawn).when(propose).then(proposed);
    given(opened, confirmed, proposed).when(withdraw, by(nurse)).refused('not-permitted');
    given(opened, confirmed).when(withdraw).refused('wrong-state');
  });

  it('LP-03 is declined by nobody but the one proposed, and only while somebody is', () => {
    const decline = { ...about, kind: 'DeclineLeadProfessional', why: 'No capacity.' } as const;
    given(opened, confirmed, proposed).when(decline, by(fixture.otherManager)).refused('LP-03');
    given(opened, confirmed).when(decline, by(nurse)).refused('wrong-state');
  });

  it('LP-01 is not proposed to two at a time', () =>
    given(opened, confirmed, proposed)
      .when({ ...propose, leadProfessional: { user: fixture.otherManager.user, organisation: fixture.otherManager.organisation } })
      .refused('LP-01'));

  it('is not proposed to the one who leads already', () =>
    given(opened)
      .when({ ...propose, leadProfessional: lead })
      .refused('wrong-state'));

  it('can be proposed by a manager in place of one who has left, and by no other manager', () => {
    given(opened, confirmed).when(propose, by(fixture.head)).then(proposed);
    given(opened, confirmed).when(propose, by(fixture.otherManager)).refused('not-permitted');
  });

  it('cannot be accepted when nobody is proposed', () => given(opened).when(acceptIt, by(nurse)).refused('wrong-state'));
});

describe('supervision and check-ins', () => {
  const supervise = {
    ...about,
    kind: 'RecordSupervision',
    discussion: 'Progress is steady.',
    direction: 'Bring the review forward.',
  } as const;

  it("SUP-01 is recorded by a manager of the Lead Professional's own organisation", () =>
    given(opened)
      .when(supervise, by(fixture.head))
      .then(
        events.SupervisionRecorded({
          ...{ episodeId, leadProfessional: lead, discussion: 'Progress is steady.', direction: 'Bring the review forward.' },
        }),
      ));

  it('SUP-01 is not recorded by a manager of another organisation', () =>
    given(opened).when(supervise, by(fixture.otherManager)).refused('SUP-01'));

  it('SUP-01 is not recorded by a colleague who manages nobody', () => given(opened).when(supervise).refused('SUP-01'));

  it('SUP-01 follows the Lead Professional to their organisation', () => {
    const moved = events.LeadProfessionalAccepted({
      episodeId,
      leadProfessional: healthVisitor,
      previous: lead,
      consent: relied,
      transfers: 1,
    });
    given(opened, confirmed, proposed, moved).when(supervise, by(fixture.head)).refused('SUP-01');
    given(opened, confirmed, proposed, moved)
      .when(supervise, by(fixture.otherManager))
      .including(
        events.SupervisionRecorded({
          ...{ episodeId, leadProfessional: healthVisitor, discussion: 'Progress is steady.', direction: 'Bring the review forward.' },
        }),
      );
  });

  it('ADV-03 a support officer checks in with the Lead Professional, and nobody else does', () => {
    const checkIn = { ...about, kind: 'RecordCheckIn', discussion: 'What holds the review up?' } as const;
    given(opened)
      .when(checkIn, by(fixture.officer))
      .then(events.CheckInRecorded({ episodeId, leadProfessional: lead, discussion: 'What holds the review up?' }));
    given(opened).when(checkIn).refused('not-permitted');
  });
});

const told = { people: [leila, amir], professionals: [lead, healthVisitor] };
const close: Intent<CloseEpisode> = {
  ...about,
  kind: 'CloseEpisode',
  reason: 'met-by-universal-services',
  presentCircumstances: 'Amir is at school every day.',
  supportGiven: 'A morning routine, and a referral for Leila.',
  told,
  evidence: { involved: { people: [leila], professionals: [healthVisitor] } },
};
const closed = events.EpisodeClosed({
  ...{ episodeId, reason: 'met-by-universal-services', presentCircumstances: 'Amir is at school every day.' },
  ...{ supportGiven: 'A morning routine, and a referral for Leila.', told, servicesStillOpen: [] },
});
const closing = at('2026-06-23T15:00:00Z');

describe('closing', () => {
  it('EP-04 has a reason, the circumstances, the support given, and tells all involved; the family is asked for its feedback (EP-07)', () =>
    given(opened, confirmed).when(close, closing).then(closed, events.FeedbackPrompted({ episodeId })));

  it.each(['reason', 'presentCircumstances', 'supportGiven', 'told'] as const)('EP-04 is refused without %s', (field) => {
    const { [field]: _, ...without } = close;
    given(opened, confirmed).when(without, closing).refused('EP-04', { field });
  });

  it('EP-04 is refused with words that say nothing', () =>
    given(opened)
      .when({ ...close, presentCircumstances: '   ' }, closing)
      .refused('EP-04', { field: 'presentCircumstances' }));

  it.each(['finished', 'constructor'])('EP-04 is refused for a reason that is not on the list: %s', (reason) =>
    given(opened)
      .when({ ...close, reason }, closing)
      .refused('EP-04', { field: 'reason' }),
  );

  it('EP-04 is refused while somebody involved is not told', () => {
    given(opened)
      .when({ ...close, told: { people: [leila], professionals: [lead] } }, closing)
      .refused('EP-04', { field: 'told' });
    given(opened)
      .when({ ...close, told: { people: [amir], professionals: [healthVisitor] } }, closing)
      .refused('EP-04', { field: 'told' });
  });

  it('EP-04 whoever closes it needs not be told', () =>
    given(opened)
      .when(
        { ...close, told: { people: [leila], professionals: [] }, evidence: { involved: { people: [leila], professionals: [lead] } } },
        closing,
      )
      .including(events.FeedbackPrompted({ episodeId })));

  it("EP-04 is not done by somebody from another organisation, and can be by the Lead Professional's manager", () => {
    given(opened).when(close, by(nurse)).refused('not-permitted');
    given(opened).when(close, by(fixture.head)).including(closed);
  });

  it('EP-05 lists the services that have not ended their own part', () => {
    const involved = (name: string) =>
      events.ServiceInvolved({ episodeId, serviceId: idOf(name), organisation: healthVisitor.organisation, part: 'Sleep clinic.' });
    const ended = events.ServiceEnded({ episodeId, serviceId: idOf('ended'), organisation: healthVisitor.organisation, outcome: 'Done.' });
    given(opened, involved('ended'), ended, involved('going on'))
      .when(close, closing)
      .including({
        ...closed,
        data: { ...closed.data, servicesStillOpen: [{ serviceId: idOf('going on'), organisation: healthVisitor.organisation }] },
      });
  });

  it('EP-05 a service ends its part after the closing too, once', () => {
    const serviceId = idOf('clinic');
    const { organisation } = healthVisitor;
    const involved = events.ServiceInvolved({ episodeId, serviceId, organisation, part: 'Sleep clinic.' });
    const ended = events.ServiceEnded({ episodeId, serviceId, organisation, outcome: 'Sleeps well.' });
    const end = { ...about, kind: 'RecordServiceEnded', serviceId, outcome: 'Sleeps well.' } as const;
    given(opened)
      .when({ ...about, kind: 'RecordServiceInvolved', serviceId, organisation, part: 'Sleep clinic.' })
      .then(involved);
    given(opened, involved)
      .when({ ...about, kind: 'RecordServiceInvolved', serviceId, organisation, part: 'Again.' })
      .refused('wrong-state', { field: 'serviceId' });
    given(opened, involved, closed).when(end).then(ended);
    given(opened, involved, closed, ended).when(end).refused('wrong-state');
    given(opened).when(end).refused('unknown', { field: 'serviceId' });
  });

  it('is done once', () => given(opened, closed).when(close, closing).refused('wrong-state'));

  it('EP-02 is prompted once, and not for an episode that is closed', () => {
    const prompt = { ...about, kind: 'PromptClosing' } as const;
    const prompted = events.ClosingPrompted({ episodeId, because: 'no-active-plan' });
    given(opened).when(prompt).then(prompted);
    given(opened, prompted).when(prompt).nothing();
    given(opened, closed).when(prompt).nothing();
  });
});

describe('after the closing', () => {
  const on = '2026-09-14' as Day;
  const due = { rule: 'EP-07', about: null, deadlineId: derivedId(episodeId, 'EP-07', '', '0') };
  const dated = planningDeadlines.DeadlineSet({
    ...due,
    dueAt: instant('2026-09-14T22:59:59.999Z'),
    remindAt: instant('2026-09-13T23:00:00.000Z'),
  });
  const reopened = events.EpisodeReopened({ episodeId, leadProfessional: lead, reason: 'A new need.' });

  it('EP-06 it can be reopened with a reason, and its history goes on', () => {
    const outcome = given(opened, confirmed, closed).when({ ...about, kind: 'ReopenEpisode', reason: 'A new need.', ...noOther });
    outcome.then(reopened);
    expect(outcome.state().subject).toMatchObject({ status: 'open', leadProfessional: lead, confirmed: true });
  });

  it('EP-06 it is not reopened without one', () =>
    given(opened, closed)
      .when({ ...about, kind: 'ReopenEpisode', ...noOther })
      .refused('EP-06', { field: 'reason' }));

  it('GEN-02 and not closed before it was opened', () =>
    given({ ...opened, occurredAt: instant('2026-03-09T10:00:00Z') })
      .when(
        {
          ...{ ...about, kind: 'CloseEpisode', reason: 'moved-away', presentCircumstances: 'Settled.', supportGiven: 'Much.' },
          told: { people: [leila], professionals: [] },
          evidence: { involved: { people: [leila], professionals: [] } },
        },
        { ...at('2026-03-10T10:00:00Z'), occurredAt: instant('2026-03-09T09:59:00Z') },
      )
      .refused('GEN-02', { field: 'occurredAt' }));

  it('EP-06 an episode that is open is not reopened', () =>
    given(opened)
      .when({ ...about, kind: 'ReopenEpisode', reason: 'A new need.', ...noOther })
      .refused('wrong-state'));

  it('EHA-03 it is not reopened beside another that is open, which is named', () =>
    given(opened, closed)
      .when({ ...about, kind: 'ReopenEpisode', reason: 'A new need.', evidence: { open: idOf('other') } })
      .refused('EHA-03', { see: { kind: 'episode', id: idOf('other') } }));

  it('GEN-02 it is not reopened before it was closed', () =>
    given(opened, { ...closed, occurredAt: instant('2026-06-23T12:00:00Z') })
      .when({ ...about, kind: 'ReopenEpisode', reason: 'A new need.', ...noOther }, { now: instant('2026-06-23T11:59:00Z') })
      .refused('GEN-02', { field: 'occurredAt' }));

  it('EP-07 a date to stay in touch is set, with a reminder on the day', () =>
    given(opened, closed)
      .when({ ...about, kind: 'SetStayInTouch', on }, closing)
      .then(events.StayInTouchSet({ episodeId, on }), dated));

  it('EP-07 lies ahead, and comes after the closing', () => {
    given(opened, closed)
      .when({ ...about, kind: 'SetStayInTouch', on: '2026-06-23' as Day }, closing)
      .refused('invalid', { field: 'on' });
    given(opened)
      .when({ ...about, kind: 'SetStayInTouch', on }, closing)
      .refused('wrong-state');
  });

  it('EP-07 staying in touch meets it', () =>
    given(opened, closed, dated)
      .when({ ...about, kind: 'RecordStayInTouch', account: 'All is well.' }, at('2026-09-14T10:00:00Z'))
      .then(events.StayedInTouch({ episodeId, account: 'All is well.' }), planningDeadlines.DeadlineMet({ ...due, late: false })));

  it('EP-07 reopening takes it away', () =>
    given(opened, closed, dated)
      .when({ ...about, kind: 'ReopenEpisode', reason: 'A new need.', ...noOther })
      .then(reopened, planningDeadlines.DeadlineCancelled(due)));

  it("EP-07 the family's feedback is kept", () =>
    given(opened, closed)
      .when({ ...about, kind: 'RecordFeedback', personId: leila, feedback: 'You listened.' })
      .then(events.FeedbackRecorded({ episodeId, personId: leila, feedback: 'You listened.' })));
});
