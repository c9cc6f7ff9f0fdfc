import { derivedId, instant, type Day, type Intent, type PersonId } from '@waymark/kernel';
import { describe, expect, it } from '@jest/globals';
import { takingPart, type SharingDecision } from '@waymark/consent';
import { specification, idOf } from '@waymark/testing';
import * as fixture from '../planning.fixture.js';
import {
  agreedTo,
  about,
  amir,
  at,
  by,
  ehaId,
  episodeId,
  evidence,
  firstMeeting,
  healthVisitor,
  heldAt,
  known,
  lead,
  leila,
  needs,
  nurse,
  pack,
  review,
} from '../planning.fixture.js';
import { planningDeadlines } from '../shared/deadlines.js';
import type { Professional } from '../shared/fields.js';
import type { HoldTaf, ShareRecord } from './commands.js';
import * as events from './events.js';
import { taf } from './taf.js';

const { given } = specification(agreedTo(taf), pack);

const idFor = (rule: string, nth = 0) => derivedId(episodeId, rule, '', String(nth));
const first = { deadlineId: idFor('TAF-01'), rule: 'TAF-01', about: null };
const next = { deadlineId: idFor('TAF-02'), rule: 'TAF-02', about: null };

const expected = events.FirstMeetingExpected({ episodeId, ehaId, completedAt: fixture.completedAt, needs });
const firstDue = planningDeadlines.DeadlineSet({ ...first, dueAt: instant('2026-05-01T22:59:59.999Z'), remindAt: null });
const cleared = events.MeetingsCleared({ episodeId, ehaId, acceptedAt: fixture.acceptedAt });
const around = { people: [leila, amir], professionals: [healthVisitor] };
const agreed = events.InviteesAgreed({ episodeId, meetingId: firstMeeting, ...around, agreedBy: leila, evidence: known });
const plannedFor = heldAt;
const invited = events.TafInvitationsSent({ episodeId, meetingId: firstMeeting, ...around, plannedFor, evidence: known });
const views = events.ViewsRecorded({ episodeId, meetingId: firstMeeting, personId: amir, views: 'I want to see my friends.' });

const everything = Object.keys(pack.firstTafAgenda);
const hold: Intent<HoldTaf> = {
  ...about,
  kind: 'HoldTaf',
  meetingId: firstMeeting,
  heldAt,
  attended: { people: [{ personId: leila, part: 'family' }], professionals: [lead, healthVisitor] },
  represented: [],
  discussed: everything,
  summary: 'Mornings are hardest.',
  evidence,
};
const afterwards = at('2026-04-28T16:00:00Z');

const held = {
  ...events.TafHeld({
    ...{ episodeId, meetingId: firstMeeting, heldAt, first: true, attended: hold.attended, discussed: everything },
    ...{ represented: { people: [amir], professionals: [] }, summary: 'Mornings are hardest.', impact: null, evidence: known },
  }),
  occurredAt: heldAt,
};
const window = events.ReviewWindowSet({ episodeId, meetingId: firstMeeting, from: '2026-06-09' as Day, by: '2026-06-23' as Day });
const reviewDue = planningDeadlines.DeadlineSet({
  ...next,
  dueAt: instant('2026-06-23T22:59:59.999Z'),
  remindAt: instant('2026-06-08T23:00:00.000Z'),
});
const arranged = [expected, firstDue, cleared, agreed, invited, views] as const;
const afterTheFirst = [...arranged, held, planningDeadlines.DeadlineMet({ ...first, late: false }), window, reviewDue] as const;

describe('the first meeting', () => {
  const expectIt = { ...about, kind: 'ExpectFirstMeeting', ehaId, completedAt: fixture.completedAt, needs } as const;

  it('TAF-01 is due four weeks after the completion: 3 April to the end of 1 May 2026', () =>
    given().when(expectIt).then(expected, firstDue));

  it('TAF-01 told twice of the same completion, it is due once', () => given(expected, firstDue).when(expectIt).nothing());

  it('TAF-01 an assessment that was returned and completed again counts from then', () => {
    const completedAt = instant('2026-04-10T10:00:00Z');
    given(expected, firstDue)
      .when({ ...expectIt, completedAt })
      .then(
        events.FirstMeetingExpected({ episodeId, ehaId, completedAt, needs }),
        planningDeadlines.DeadlineCancelled(first),
        planningDeadlines.DeadlineSet({
          ...first,
          deadlineId: idFor('TAF-01', 1),
          dueAt: instant('2026-05-08T22:59:59.999Z'),
          remindAt: null,
        }),
      );
  });

  it('TAF-01 held in time meets it, and TAF-02 sets the window of the review: 9 to 23 June', () =>
    given(...arranged)
      .when(hold, afterwards)
      .then(held, planningDeadlines.DeadlineMet({ ...first, late: false }), window, reviewDue));

  it('TAF-01 held late says so, and records the miss if nobody has', () => {
    const late = instant('2026-05-04T14:00:00Z');
    given(...arranged)
      .when({ ...hold, heldAt: late }, at('2026-05-04T16:00:00Z'))
      .including(
        { ...planningDeadlines.DeadlineMissed({ ...first, dueAt: firstDue.data.dueAt }), occurredAt: firstDue.data.dueAt },
        planningDeadlines.DeadlineMet({ ...first, late: true }),
      );
  });

  it('FD-07 is not held before the hub accepted the assessment', () => {
    given(expected, firstDue, agreed).when(hold, afterwards).refused('FD-07', { field: 'heldAt' });
    given(...arranged)
      .when({ ...hold, heldAt: instant('2026-04-06T10:00:00Z') }, afterwards)
      .refused('FD-07');
  });

  it('TAF-03 is not held with professionals only, and is with one of the family', () => {
    given(...arranged)
      .when({ ...hold, attended: { people: [], professionals: [lead, healthVisitor] } }, afterwards)
      .refused('TAF-03', { field: 'attended.people' });
    given(...arranged)
      .when({ ...hold, attended: { people: [{ personId: amir, part: 'child' }], professionals: [lead] } }, afterwards)
      .including(planningDeadlines.DeadlineMet({ ...first, late: false }));
  });

  it('TAF-03 views put to the meeting do not stand for the family being there', () =>
    given(...arranged)
      .when({ ...hold, attended: { people: [], professionals: [lead] }, represented: [{ personId: leila, views: 'I agree.' }] }, afterwards)
      .refused('TAF-03'));

  it('LP-02 is not recorded before the Lead Professional is decided with the family', () =>
    given(...arranged)
      .when({ ...hold, evidence: { episode: { ...fixture.openEpisode, leadProfessionalConfirmed: false } } }, afterwards)
      .refused('LP-02'));

  it('TAF-06 leaves a record', () =>
    given(...arranged)
      .when({ ...hold, summary: ' ' }, afterwards)
      .refused('TAF-06', { field: 'summary' }));

  it('TAF-07 says which topics it did not cover, and goes on', () =>
    given(...arranged)
      .when({ ...hold, discussed: ['needs', 'changes', 'what-the-family-wants', 'family-network'] }, afterwards)
      .including(events.TopicsMissing({ episodeId, meetingId: firstMeeting, topics: ['professional-support', 'crisis-plan'] })));

  it('TAF-07 knows no topic that is not on the agenda', () =>
    given(...arranged)
      .when({ ...hold, discussed: ['weather'] }, afterwards)
      .refused('unknown', { field: 'discussed' }));

  it('EP-01 belongs to an episode that is open', () => {
    given(...arranged)
      .when({ ...hold, evidence: { episode: null } }, afterwards)
      .refused('EP-01');
    given(...arranged)
      .when({ ...hold, evidence: { episode: { ...fixture.openEpisode, status: 'closed' } } }, afterwards)
      .refused('EP-01');
  });

  it('is recorded by the Lead Professional or their manager, once it has been held, and once', () => {
    given(...arranged)
      .when(hold, by(nurse))
      .refused('not-permitted');
    given(...arranged)
      .when(hold, by(fixture.head))
      .including(held);
    given(...arranged)
      .when(hold, at('2026-04-28T13:00:00Z'))
      .refused('invalid', { field: 'heldAt' });
    given(...afterTheFirst)
      .when(hold, afterwards)
      .refused('wrong-state', { field: 'meetingId' });
  });
});

describe('invitations and views', () => {
  const invite = { ...about, kind: 'InviteToTaf', meetingId: firstMeeting, ...around, plannedFor, evidence } as const;
  const agree = { ...about, kind: 'AgreeInvitees', meetingId: firstMeeting, ...around, agreedBy: leila, evidence } as const;

  it('TAF-04 the family agrees whom to invite', () => given(expected).when(agree).then(agreed));

  it("TAF-04 nobody agrees in the family's place", () => {
    const { agreedBy: _, ...byNobody } = agree;
    given(expected).when(byNobody).refused('TAF-04', { field: 'agreedBy' });
  });

  it('TAF-04 who was agreed is invited', () => given(expected, agreed).when(invite).then(invited));

  it('TAF-04 nobody is invited before the family agreed', () => given(expected).when(invite).refused('TAF-04', { field: 'people' }));

  it('TAF-04 nobody else is invited', () => {
    const police = { user: fixture.officer.user, organisation: fixture.officer.organisation };
    given(expected, agreed)
      .when({ ...invite, professionals: [healthVisitor, police] })
      .refused('TAF-04', { field: 'professionals' });
  });

  const onlyTheSchoolForAmir = [
    fixture.consentOf(takingPart, { covers: [leila] }),
    fixture.consentOf(takingPart, {
      ...{ consentId: idOf('for amir'), covers: [amir] },
      reach: [{ agency: lead.organisation, from: instant('2026-01-05T09:00:00Z'), until: null }],
    }),
  ];
  const halfAgreed = { consent: { ledger: { consents: onlyTheSchoolForAmir, decisions: [] }, seen: '42' } };

  it('CON-16 no agency is invited or heard that is not reached for everybody whom the meeting is around, named or not', () => {
    for (const people of [[leila, amir], [leila], []])
      given(expected, agreed)
        .when({ ...invite, ...halfAgreed, people })
        .refused('CON-16', { field: 'professionals' });
    given(expected, agreed)
      .when({
        ...about,
        ...halfAgreed,
        kind: 'RecordViews',
        meetingId: firstMeeting,
        of: { professional: healthVisitor },
        views: 'Well.',
        evidence,
      })
      .refused('CON-16', { field: 'professional' });
  });

  it('CON-16 no agency is there that is not reached for each who is, or whose views are put to the meeting', () => {
    const amirsViews = [{ personId: amir, views: 'I want to see my friends.' }];
    const amirToo = [...hold.attended.people, { personId: amir, part: 'child' }] as const;
    for (const halfHeld of [hold, { ...hold, represented: amirsViews }, { ...hold, attended: { ...hold.attended, people: amirToo } }]) {
      const history = halfHeld === hold ? arranged : [expected, firstDue, cleared, agreed, invited];
      given(...history)
        .when({ ...halfHeld, ...halfAgreed }, afterwards)
        .refused('CON-16', { field: 'attended.professionals' });
      given(...history)
        .when({ ...halfHeld, ...halfAgreed, attended: { ...halfHeld.attended, professionals: [lead] } }, afterwards)
        .including(planningDeadlines.DeadlineMet({ ...first, late: false }));
    }
  });

  it('CON-13 CON-16 whoever was asked, stayed away and agreed to less, or took it back, holds up neither the meeting nor its record', () => {
    const karim = idOf<PersonId>('karim');
    const withHim = { people: [leila, amir, karim], professionals: [healthVisitor] };
    const history = [expected, firstDue, cleared, { ...agreed, data: { ...agreed.data, ...withHim } }];
    const others = fixture.consentOf(takingPart);
    const until = { until: instant('2026-04-20T09:00:00Z'), endedBy: 'withdrawal' as const };
    const his = { ...fixture.consentOf(takingPart), consentId: idOf('his'), giver: karim, covers: [karim] };
    const toTheSchool = { ...his, reach: his.reach.filter(({ agency }) => agency === lead.organisation) };
    const takenBack = { ...his, reach: his.reach.map((stretch) => ({ ...stretch, ...until })) };
    for (const consent of [toTheSchool, takenBack].map((one) => ({ ledger: { consents: [others, one], decisions: [] }, seen: '42' }))) {
      const invitedHim = { ...invited, data: { ...invited.data, ...withHim } };
      given(...history, invitedHim)
        .when({ ...hold, consent }, afterwards)
        .including(planningDeadlines.DeadlineMet({ ...first, late: false }));
      const share = {
        ...about,
        kind: 'ShareRecord',
        meetingId: firstMeeting,
        people: [leila],
        professionals: [lead, healthVisitor],
      } as const;
      const withheld = [amir, karim].map((personId) => ({ personId, because: 'no-consent' as const }));
      given(...history, invitedHim, held)
        .when({ ...share, withheld, evidence: { ...evidence, planActions: 3 }, consent }, afterwards)
        .including();
    }
    const afterHim = { ledger: { consents: [others, takenBack], decisions: [] }, seen: '42' };
    given(...history)
      .when({ ...invite, consent: afterHim }, afterwards)
      .then(invited);
    given(...history)
      .when({ ...invite, ...withHim, consent: afterHim }, afterwards)
      .refused('CON-13', { field: 'people' });
  });

  it('CON-16 whoever has agreed to nothing yet is asked to come by themselves, and is named to no agency', () => {
    const karim = idOf<PersonId>('karim');
    const withHim = { ...agreed, data: { ...agreed.data, people: [leila, amir, karim] } };
    given(expected, withHim)
      .when({ ...invite, people: [leila, amir, karim] })
      .refused('CON-16', { field: 'people' });
    given(expected, withHim)
      .when({ ...invite, people: [karim], professionals: [] })
      .including();
    given(expected, withHim).when(invite).then(invited);
  });

  it('CON-01 GEN-02 a meeting is recorded on what was agreed on the day on which it was held, also by who signed there', () => {
    const since = (text: string) => [lead, healthVisitor].map(({ organisation: agency }) => ({ agency, from: instant(text), until: null }));
    const on = (text: string) => ({
      consent: { ledger: { consents: [fixture.consentOf(takingPart, { reach: since(text) })], decisions: [] }, seen: '42' },
    });
    const nextDay = at('2026-04-29T16:00:00Z');
    // The day of London: in April it ends at 23:00 UTC.
    for (const held of [nextDay, { ...nextDay, occurredAt: heldAt }]) {
      given(expected, firstDue, cleared, agreed, invited)
        .when({ ...hold, ...on('2026-04-28T23:00:00Z') }, held)
        .refused('CON-01', { field: 'attended.people' });
      for (const signed of ['2026-04-28T14:20:00Z', '2026-04-28T22:59:00Z', '2026-04-28T13:00:00Z'])
        given(expected, firstDue, cleared, agreed, invited)
          .when({ ...hold, ...on(signed) }, held)
          .including();
    }
  });

  it('TAF-04 an agreement is about one meeting', () =>
    given(expected, agreed)
      .when({ ...invite, meetingId: review })
      .refused('TAF-04'));

  const familyOnly = { ...agreed, data: { ...agreed.data, people: [leila], professionals: [] } };

  it('TAF-04 no professional comes whom the family did not agree to', () => {
    given(expected, firstDue, cleared, familyOnly).when(hold, afterwards).refused('TAF-04', { field: 'attended.professionals' });
    given(expected, firstDue, cleared, familyOnly)
      .when({ ...hold, attended: { ...hold.attended, professionals: [lead] } }, afterwards)
      .including(planningDeadlines.DeadlineMet({ ...first, late: false }));
  });

  it('invites for the Lead Professional, and not for a meeting that was held', () => {
    given(expected, agreed).when(invite, by(nurse)).refused('not-permitted');
    given(...afterTheFirst)
      .when(invite)
      .refused('wrong-state');
    given(...afterTheFirst)
      .when(agree)
      .refused('wrong-state');
  });

  it('names somebody', () => {
    given(expected)
      .when({ ...agree, people: [], professionals: [] })
      .refused('invalid');
    given(expected, agreed)
      .when({ ...invite, people: [], professionals: [] })
      .refused('invalid');
  });

  it.each([null, { ...fixture.openEpisode, status: 'closed' as const }])('EP-01 belongs to an episode that is open', (episode) => {
    given(expected)
      .when({ ...agree, evidence: { episode } })
      .refused('EP-01');
    given(expected, agreed)
      .when({ ...invite, evidence: { episode } })
      .refused('EP-01');
    given(expected, agreed)
      .when({ ...about, kind: 'RecordViews', meetingId: firstMeeting, of: { personId: amir }, views: 'No.', evidence: { episode } })
      .refused('EP-01');
  });

  it('TAF-05 views are sought before the meeting, not after', () =>
    given(...afterTheFirst)
      .when({ ...about, kind: 'RecordViews', meetingId: firstMeeting, of: { personId: amir }, views: 'Too late.', evidence })
      .refused('wrong-state'));

  it('TAF-05 the views of whoever cannot attend are sought', () => {
    const record = { ...about, kind: 'RecordViews', meetingId: firstMeeting, evidence } as const;
    given(expected, agreed)
      .when({ ...record, of: { personId: amir }, views: 'I want to see my friends.' })
      .then(views);
    given(expected, agreed)
      .when({ ...record, of: { professional: healthVisitor }, views: 'Sleep has improved.' })
      .then(
        events.ProfessionalViewsRecorded({ episodeId, meetingId: firstMeeting, professional: healthVisitor, views: 'Sleep has improved.' }),
      );
  });

  it('TAF-05 views told at the meeting itself are recorded with it', () =>
    given(expected, firstDue, cleared, agreed, invited)
      .when({ ...hold, represented: [{ personId: amir, views: 'I want to see my friends.' }] }, afterwards)
      .then(views, held, planningDeadlines.DeadlineMet({ ...first, late: false }), window, reviewDue));

  it('TAF-05 says whose views are missing, and goes on', () =>
    given(expected, firstDue, cleared, agreed, invited)
      .when({ ...hold, attended: { ...hold.attended, professionals: [lead] } }, afterwards)
      .including(events.ViewsMissing({ episodeId, meetingId: firstMeeting, people: [amir], professionals: [healthVisitor] })));
});

describe('reviews', () => {
  const reviewAt = fixture.reviewHeldAt;
  const holdReview: Intent<HoldTaf> = {
    ...hold,
    ...{ meetingId: review, heldAt: reviewAt, discussed: [], impact: 'close', summary: 'Needs are met.' },
    attended: { people: [{ personId: leila, part: 'family' }], professionals: [lead] },
  };
  const earlier = idOf('an earlier meeting');
  const agreedFor = (meetingId: typeof review) =>
    events.InviteesAgreed({ episodeId, meetingId, people: [leila], professionals: [], agreedBy: leila, evidence: known });
  const planned = [...afterTheFirst, agreedFor(review), agreedFor(earlier)] as const;
  const nextWindow = events.ReviewWindowSet({ episodeId, meetingId: review, from: '2026-07-28' as Day, by: '2026-08-11' as Day });

  it('TAF-02 a review meets the window and sets the next', () =>
    given(...planned)
      .when(holdReview, at('2026-06-16T16:00:00Z'))
      .then(
        {
          ...events.TafHeld({
            ...{ episodeId, meetingId: review, heldAt: reviewAt, first: false, attended: holdReview.attended, discussed: [] },
            ...{ represented: { people: [], professionals: [] }, summary: 'Needs are met.', impact: 'close', evidence: known },
          }),
          occurredAt: reviewAt,
        },
        planningDeadlines.DeadlineMet({ ...next, late: false }),
        nextWindow,
        planningDeadlines.DeadlineSet({
          ...next,
          deadlineId: idFor('TAF-02', 1),
          dueAt: instant('2026-08-11T22:59:59.999Z'),
          remindAt: instant('2026-07-27T23:00:00.000Z'),
        }),
      ));

  it('TAF-02 sooner than the window is in time too', () =>
    given(...planned)
      .when({ ...holdReview, heldAt: instant('2026-05-12T14:00:00Z') }, at('2026-06-16T16:00:00Z'))
      .including(planningDeadlines.DeadlineMet({ ...next, late: false })));

  it('TAF-02 past eight weeks the case is drifting, once', () => {
    const miss = { ...about, kind: 'MissDeadline', deadlineId: next.deadlineId } as const;
    const missed = { ...planningDeadlines.DeadlineMissed({ ...next, dueAt: reviewDue.data.dueAt }), occurredAt: reviewDue.data.dueAt };
    given(...afterTheFirst)
      .when(miss, at('2026-06-23T22:00:00Z'))
      .refused('wrong-state');
    given(...afterTheFirst)
      .when(miss, at('2026-06-24T00:00:00Z'))
      .then(missed);
    given(...afterTheFirst, missed)
      .when(miss, at('2026-06-25T00:00:00Z'))
      .nothing();
  });

  it('TAF-08 says when no judgement of the impact was made, and goes on', () =>
    given(...planned)
      .when({ ...holdReview, impact: undefined }, at('2026-06-16T16:00:00Z'))
      .including(events.ImpactMissing({ episodeId, meetingId: review })));

  it('GEN-02 a meeting entered late, after a later one, moves no date', () => {
    const decision = given(...planned)
      .when({ ...holdReview, meetingId: earlier, heldAt: instant('2026-04-20T14:00:00Z') }, at('2026-05-01T10:00:00Z'))
      .decision();
    expect(decision).toMatchObject({ events: [{ type: 'planning.TafHeld.v1', occurredAt: '2026-04-20T14:00:00.000Z' }] });
  });

  it('TAF-02 no review is due while the episode is closed, and one is again once it is reopened', () => {
    const stoodDown = [events.MeetingsStoodDown({ episodeId }), planningDeadlines.DeadlineCancelled(next)];
    given(...afterTheFirst)
      .when({ ...about, kind: 'StandDownMeetings' })
      .then(...stoodDown);
    const reopenedAt = instant('2026-09-01T10:00:00Z');
    given(...afterTheFirst, ...stoodDown)
      .when({ ...about, kind: 'TakeUpMeetings', reopenedAt })
      .then(
        events.MeetingsTakenUp({ episodeId, reopenedAt }),
        events.ReviewWindowSet({ episodeId, meetingId: null, from: '2026-10-13' as Day, by: '2026-10-27' as Day }),
        planningDeadlines.DeadlineSet({
          ...next,
          deadlineId: idFor('TAF-02', 1),
          dueAt: instant('2026-10-27T23:59:59.999Z'),
          remindAt: instant('2026-10-12T23:00:00.000Z'),
        }),
      );
    given(...afterTheFirst)
      .when({ ...about, kind: 'TakeUpMeetings', reopenedAt })
      .nothing();
  });

  it('TAF-01 an episode that is reopened before any meeting waits for the first', () => {
    const reopenedAt = instant('2026-09-01T10:00:00Z');
    given(expected, firstDue, events.MeetingsStoodDown({ episodeId }), planningDeadlines.DeadlineCancelled(first))
      .when({ ...about, kind: 'TakeUpMeetings', reopenedAt })
      .including(
        planningDeadlines.DeadlineSet({
          ...first,
          deadlineId: idFor('TAF-01', 1),
          dueAt: instant('2026-09-29T22:59:59.999Z'),
          remindAt: null,
        }),
      );
  });

  it('is of a meeting that was begun with the family', () => {
    given(...afterTheFirst)
      .when(holdReview, at('2026-06-16T16:00:00Z'))
      .refused('unknown');
    given(...afterTheFirst)
      .when({ ...about, kind: 'RecordViews', meetingId: review, of: { personId: amir }, views: 'All is well.', evidence })
      .refused('unknown');
  });
});

describe('the record of a meeting', () => {
  const share: Intent<ShareRecord> = {
    ...about,
    kind: 'ShareRecord',
    meetingId: firstMeeting,
    people: [leila],
    professionals: [lead, healthVisitor],
    withheld: [{ personId: amir, because: 'declined' }],
    evidence: { ...evidence, planActions: 3 },
  };

  it('TAF-06 is shared with all who attended or were invited and may receive it', () =>
    given(...afterTheFirst)
      .when(share)
      .then(
        events.TafRecordShared({
          ...{ episodeId, meetingId: firstMeeting, people: [leila], professionals: [lead, healthVisitor], evidence: known },
          withheld: [{ personId: amir, professional: null, because: 'declined' }],
        }),
      ));

  it('CON-13 goes to no agency that the consent does not reach, and is withheld from it instead', () => {
    const { reach } = fixture.consentOf(takingPart);
    const withoutHealth = reach.map((one) =>
      one.agency === healthVisitor.organisation ? { ...one, until: instant('2026-02-02T09:00:00Z'), endedBy: 'withdrawal' as const } : one,
    );
    const ledger = { consents: [fixture.consentOf(takingPart, { reach: withoutHealth })], decisions: [] };
    const reachedNoMore = { ...share, consent: { ledger, seen: '42' } };
    given(...afterTheFirst)
      .when(reachedNoMore)
      .refused('CON-13', { field: 'professionals' });
    given(...afterTheFirst)
      .when({
        ...reachedNoMore,
        professionals: [lead],
        withheld: [...share.withheld, { professional: healthVisitor, because: 'no-consent' }],
      })
      .including();
  });

  it('CON-13 CON-16 CON-19 is shared with no agency that is not reached for each whom it is about', () => {
    const about = (covers: readonly PersonId[], agencies: readonly Professional[]) =>
      fixture.consentOf(takingPart, {
        covers,
        reach: agencies.map(({ organisation: agency }) => ({ agency, from: instant('2026-01-05T09:00:00Z'), until: null })),
      });
    const decided = (whom: readonly PersonId[]): SharingDecision => ({
      ...{ decisionId: idOf('decision'), about: whom, agencies: [healthVisitor.organisation] },
      ...{ from: instant('2026-01-05T09:00:00Z'), until: null },
    });
    const consents = [about([leila], [lead, healthVisitor]), about([amir], [lead])];
    const known = (decisions: readonly SharingDecision[] = []) => ({ consent: { ledger: { consents, decisions }, seen: '42' } });
    // Amir was not there, and his views were put to it: the record is about him, though he does not receive it.
    given(...afterTheFirst, views)
      .when({ ...share, ...known() })
      .refused('CON-16', { field: 'professionals' });
    given(...afterTheFirst, views)
      .when({ ...share, ...known([decided([leila])]) })
      .refused('CON-16', { field: 'professionals' });
    given(...afterTheFirst, views)
      .when({ ...share, ...known([decided([amir])]) })
      .including();
    given(...afterTheFirst, views)
      .when({
        ...share,
        ...known(),
        professionals: [lead],
        withheld: [...share.withheld, { professional: healthVisitor, because: 'no-consent' }],
      })
      .including();
  });

  it('TAF-06 forgets nobody', () => {
    given(...afterTheFirst)
      .when({ ...share, withheld: [] })
      .refused('TAF-06', { field: 'people' });
    given(...afterTheFirst)
      .when({ ...share, professionals: [lead] })
      .refused('TAF-06', { field: 'professionals' });
  });

  it('TAF-06 reaches nobody else', () => {
    const stranger = { user: fixture.officer.user, organisation: fixture.officer.organisation };
    given(...afterTheFirst)
      .when({ ...share, professionals: [lead, healthVisitor, stranger] })
      .refused('TAF-06', { field: 'professionals' });
  });

  it('TAF-06 has a plan beside it', () =>
    given(...afterTheFirst)
      .when({ ...share, evidence: { ...share.evidence, planActions: 0 } })
      .refused('TAF-06', { field: 'meetingId' }));

  it('is shared by the Lead Professional, while the episode is open', () => {
    given(...afterTheFirst)
      .when(share, by(nurse))
      .refused('not-permitted');
    given(...afterTheFirst)
      .when({ ...share, evidence: { ...share.evidence, episode: { ...fixture.openEpisode, status: 'closed' } } })
      .refused('EP-01');
  });

  it('is of a meeting that was held', () =>
    given(...arranged)
      .when(share)
      .refused('unknown', { field: 'meetingId' }));
});
