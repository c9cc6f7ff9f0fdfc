import { describe, expect, it } from '@jest/globals';
import { instant, purposes, roles } from '@waymark/kernel';
import { aCase, actor, at, decide, may, relationship } from './access.fixture.js';
import { decideAccess, officesOf } from './decide.js';
import { professionals } from './grounds.js';
import { practicePolicy } from './practice.js';

const names = Object.keys(practicePolicy);
const writes = names.filter((name) => practicePolicy[name]!.writes);
const ofCases = names.filter(
  (name) => !['platform.operate', 'how the platform runs', 'what is parked', 'how many cases there are'].includes(name),
);
const stranger = aCase();

describe('who may do and see what', () => {
  it('ACC-01 what the policy does not name is denied', () =>
    expect(decide('an invention', actor('auditor', 'council'), stranger, 'audit')).toMatchObject({ outcome: 'denied', rule: 'ACC-01' }));

  it('ACC-01 a stranger neither reads nor writes a case, whatever the role, and whatever is asked', () => {
    for (const name of ofCases)
      for (const role of professionals) expect([name, role, decide(name, actor(role), stranger).outcome]).toEqual([name, role, 'denied']);
  });

  it('A2 the public makes contacts, and that is all', () => {
    expect(may('contact.make', actor('public', 'nobody'), 'new')).toBe(true);
    const everything = aCase(relationship('contact-maker', 'nobody'), relationship('lead-professional', 'nobody', 'dana'));
    for (const name of names)
      for (const about of [everything, 'many', 'nobody'] as const)
        expect([name, may(name, actor('public', 'nobody'), about)]).toEqual([name, false]);
  });

  it('A2 an auditor writes nothing, even where a relationship would let others', () => {
    const everything = aCase(relationship('lead-professional', 'council', 'dana'), relationship('agency-around-the-family', 'council'));
    for (const name of writes)
      for (const about of [everything, 'new', 'nobody'] as const)
        expect([name, may(name, actor('auditor', 'council'), about, 'audit')]).toEqual([name, false]);
  });

  it('ACC-01 only an auditor looks for audit, and for nothing else', () => {
    const everything = aCase(relationship('lead-professional', 'council', 'dana'), relationship('agency-around-the-family', 'council'));
    for (const role of roles)
      expect([role, may('an assessment', actor(role, 'council'), everything, 'audit')]).toEqual([role, role === 'auditor']);
    for (const purpose of purposes)
      expect([purpose, may('an assessment', actor('auditor', 'council'), everything, purpose)]).toEqual([purpose, purpose === 'audit']);
  });

  it('A2 a practitioner of an unrelated school does not withdraw a family’s consent; one of an agency that consent reaches does', () => {
    const family = aCase(relationship('agency-around-the-family', 'fenbank-primary'), relationship('contact-maker', 'fenbank-primary'));
    expect(may('consent.record', actor('practitioner', 'westwood-primary'), family)).toBe(false);
    expect(may('consent.record', actor('practitioner', 'fenbank-primary', 'colin'), family)).toBe(true);
  });

  it('CON-13 what has ended lets nobody in', () => {
    const ended = relationship('agency-around-the-family', 'elm-school', null, { until: instant('2026-03-16T09:59:00Z') });
    expect(may('assessment.contribute', actor('practitioner'), aCase(ended))).toBe(false);
    expect(may('assessment.contribute', actor('practitioner'), aCase({ ...ended, until: instant('2026-03-16T10:01:00Z') }))).toBe(true);
  });

  it('CON-13 CON-14 where no consent to what they do reaches them, the team, services and providers are out; the Lead Professional and the front door are not', () => {
    const [work, request] = ['take-part-in-early-help', 'targeted-support-request'] as const;
    const behind = {
      ...{ 'agency-around-the-family': work, 'team-member': work, contributor: work, 'involved-service': work },
      ...{ 'proposed-lead-professional': work, 'request-recipient': request, provider: request },
      ...{ 'lead-professional': null, 'contact-maker': null, 'recommended-agency': null },
    };
    const personal: readonly string[] = ['team-member', 'contributor', 'lead-professional', 'proposed-lead-professional'];
    for (const [as, purpose] of Object.entries(behind) as [keyof typeof behind, typeof work | typeof request | null][]) {
      const family = aCase(relationship(as, 'elm-school', personal.includes(as) ? 'dana' : null));
      const reads = (consentCovers: readonly (typeof work | typeof request)[]) =>
        may('the list of cases', actor('practitioner'), { ...family, consentCovers }) ||
        may('the summary of a case', actor('practitioner'), { ...family, consentCovers });
      expect([as, reads([])]).toEqual([as, purpose === null]);
      expect([as, reads([work])]).toEqual([as, purpose !== request]);
      expect([as, reads([request])]).toEqual([as, purpose !== work]);
    }
  });

  it('CON-13 SUP-01 a manager is out with the team that consent no longer reaches, and not with the Lead Professional', () => {
    const read = (as: 'team-member' | 'contributor' | 'lead-professional') =>
      decide('an episode', actor('manager', 'elm-school', 'hana'), { ...aCase(relationship(as, 'elm-school', 'dana')), consentCovers: [] });
    expect(read('team-member')).toMatchObject({ outcome: 'denied', rule: 'CON-13' });
    expect(read('contributor')).toMatchObject({ outcome: 'denied', rule: 'CON-13' });
    expect(read('lead-professional')).toMatchObject({ outcome: 'allowed', because: 'managerOfOwnStaff' });
  });

  it('CON-17 a withdrawal does not keep out those who act for safeguarding, nor the hub', () => {
    const withdrawn = { ...stranger, consentCovers: [] };
    expect(may('an assessment', actor('triage-officer', 'mash'), withdrawn, 'safeguarding')).toBe(true);
    expect(may('an assessment', actor('social-worker', 'council'), withdrawn, 'safeguarding')).toBe(true);
    expect(may('an assessment', actor('hub-coordinator', 'early-help-hub'), withdrawn)).toBe(true);
    expect(may('an assessment', actor('auditor', 'council'), withdrawn, 'audit')).toBe(true);
  });

  it('FD-11 a concern is raised by whoever was ever part of it, and by no stranger', () => {
    const ended = relationship('agency-around-the-family', 'elm-school', null, { until: instant('2026-03-10T00:00:00Z') });
    expect(may('concern.raise', actor('practitioner'), aCase(ended))).toBe(true);
    expect(may('concern.raise', actor('practitioner', 'oak-school'), aCase(ended))).toBe(false);
  });

  it('LP-01 a relationship of one professional is not that of a namesake elsewhere, nor of a colleague', () => {
    const led = aCase(relationship('lead-professional', 'elm-school', 'dana'));
    expect(may('note.write', actor('practitioner', 'elm-school', 'dana'), led)).toBe(true);
    expect(may('note.write', actor('practitioner', 'oak-school', 'dana'), led)).toBe(false);
    expect(may('note.write', actor('practitioner', 'elm-school', 'colin'), led)).toBe(false);
  });

  it('LP-01 who led before no longer does', () => {
    const handed = aCase(
      relationship('lead-professional', 'elm-school', 'dana'),
      relationship('lead-professional', 'oak-school', 'omar', { from: instant('2026-03-10T09:00:00Z') }),
    );
    expect(may('note.write', actor('practitioner', 'elm-school', 'dana'), handed)).toBe(false);
    expect(may('note.write', actor('practitioner', 'oak-school', 'omar'), handed)).toBe(true);
  });

  it('SUP-01 managers see the cases of their own staff, not those of other organisations', () => {
    const led = aCase(relationship('lead-professional', 'elm-school', 'dana'));
    expect(decide('an episode', actor('manager', 'elm-school', 'hana'), led)).toMatchObject({
      outcome: 'allowed',
      because: 'managerOfOwnStaff',
    });
    expect(decide('an episode', actor('manager', 'oak-school', 'otto'), led)).toMatchObject({ outcome: 'denied', rule: 'SUP-01' });
    expect(may('an episode', actor('practitioner', 'elm-school', 'hana'), led)).toBe(false);
  });

  it('SUP-01 a consent that reaches an organisation lets those in who work with the family, and its managers only with their staff', () => {
    const reached = relationship('agency-around-the-family', 'elm-school');
    expect(may('an episode', actor('practitioner'), aCase(reached))).toBe(true);
    expect(decide('an episode', actor('manager'), aCase(reached))).toMatchObject({ outcome: 'denied', rule: 'SUP-01' });
    expect(may('an episode', actor('manager'), aCase(reached, relationship('team-member', 'elm-school', 'noor')))).toBe(true);
  });

  it('ACC-01 an office reaches the cases of its own authority alone, and only in its own role', () => {
    const elsewhere = { ...stranger, authority: 'cambridgeshire' };
    for (const [role, organisation, name] of [
      ['triage-officer', 'mash', 'contact.triage'],
      ['hub-coordinator', 'early-help-hub', 'hub-enquiry.decide'],
      ['targeted-support-manager', 'targeted-support', 'request.triage'],
      ['support-officer', 'early-help-hub', 'episode.check-in'],
    ] as const) {
      expect([role, may(name, actor(role, organisation), stranger)]).toEqual([role, true]);
      expect([role, may(name, actor(role, organisation), elsewhere)]).toEqual([role, false]);
      expect([role, may(name, actor(role, organisation), { ...stranger, authority: null })]).toEqual([role, false]);
      expect([role, may(name, actor('practitioner', organisation), stranger)]).toEqual([role, false]);
      expect([role, may(name, actor(role, 'elm-school'), stranger)]).toEqual([role, false]);
    }
  });

  it('FD-12 whoever made a contact reads their own, and not another that was made of the same family', () => {
    const family = aCase(relationship('contact-maker', 'elm-school'), relationship('contact-maker', 'oak-school', null, { on: 'another' }));
    expect(may('a contact', actor('practitioner', 'elm-school'), family)).toBe(true);
    expect(may('a contact', actor('practitioner', 'oak-school'), family)).toBe(false);
    expect(may('a contact', actor('practitioner', 'oak-school'), { ...family, record: 'another' })).toBe(true);
  });

  it('TS-03 whom a request is shared with reads the work, and does not write in it', () => {
    const shared = aCase(relationship('request-recipient', 'elm-school'));
    expect(may('an assessment', actor('practitioner'), shared)).toBe(true);
    expect(may('assessment.contribute', actor('practitioner'), shared)).toBe(false);
  });

  it('ACC-01 FD-01 the whole history, with its MASH enquiries and who made contact, is for safeguarding and audit alone', () => {
    const family = aCase(
      relationship('agency-around-the-family', 'elm-school'),
      relationship('lead-professional', 'oak-school', 'omar'),
      relationship('contact-maker', 'oak-school'),
    );
    const readers = [
      [actor('triage-officer', 'mash'), 'safeguarding'],
      [actor('social-worker', 'council'), 'safeguarding'],
      [actor('auditor', 'council'), 'audit'],
    ] as const;
    const others = [
      actor('practitioner', 'elm-school'),
      actor('practitioner', 'oak-school', 'omar'),
      actor('manager', 'oak-school', 'hana'),
      actor('hub-coordinator', 'early-help-hub'),
      actor('support-officer', 'early-help-hub'),
      actor('triage-officer', 'mash'),
    ];
    for (const name of ['the chronology of a case', 'the replay of a case', 'the state of a case']) {
      for (const [who, purpose] of readers) expect([name, who.role, may(name, who, family, purpose)]).toEqual([name, who.role, true]);
      for (const who of others) {
        expect([name, who.role, may(name, who, family)]).toEqual([name, who.role, false]);
        expect(decide(name, who, family)).toMatchObject({ rule: 'ACC-01', why: expect.stringContaining('where it is kept') });
      }
    }
    for (const who of others) expect([who.role, may('the summary of a case', who, family)]).toEqual([who.role, true]);
  });

  it('ACC-01 the platform is operated by operators of an authority’s bodies; an auditor of one sees how it runs', () => {
    for (const role of roles) {
      const purpose = role === 'auditor' ? 'audit' : 'operation';
      const operates = ['support-officer', 'manager', 'targeted-support-manager', 'system'].includes(role);
      const [ours, school] = [actor(role, 'council'), actor(role, 'elm-school')];
      expect([role, may('platform.operate', ours, 'nobody', purpose)]).toEqual([role, operates]);
      for (const name of ['how the platform runs', 'what is parked'])
        expect([role, name, may(name, ours, 'nobody', purpose)]).toEqual([role, name, operates || role === 'auditor']);
      // A role that a school gives to its own staff is none here, whatever it is called.
      for (const name of ['platform.operate', 'how the platform runs', 'what is parked'])
        expect([role, name, may(name, school, 'nobody', purpose)]).toEqual([role, name, false]);
    }
  });

  it('ACC-01 the platform is operated for that purpose and no other, and whoever is turned away is told so', () => {
    const manager = actor('manager', 'council');
    for (const name of ['platform.operate', 'how the platform runs', 'what is parked'])
      for (const purpose of purposes) {
        expect([name, purpose, may(name, manager, 'nobody', purpose)]).toEqual([name, purpose, purpose === 'operation']);
        if (purpose === 'early-help')
          expect(decide(name, manager, 'nobody', purpose)).toMatchObject({ why: expect.stringContaining('for the purpose operation') });
      }
  });

  it('of whose cases an office sees all', () => {
    const authorities = ['peterborough', 'cambridgeshire'];
    const of = (role: (typeof roles)[number], organisation: string, purpose: (typeof purposes)[number] = 'early-help') =>
      officesOf(practicePolicy, 'the list of episodes', { actor: actor(role, organisation), purpose, at }, authorities);
    expect(of('hub-coordinator', 'early-help-hub')).toEqual(['peterborough']);
    expect(of('auditor', 'council', 'audit')).toEqual(authorities);
    expect(of('practitioner', 'early-help-hub')).toEqual([]);
  });

  it('a name that every object has is no action', () =>
    expect(
      decideAccess(practicePolicy, 'constructor', { actor: actor('auditor', 'council'), purpose: 'audit', at, about: stranger }).outcome,
    ).toBe('denied'));
});
