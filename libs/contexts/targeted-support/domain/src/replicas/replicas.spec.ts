import { describe, expect, it } from '@jest/globals';
import { instant, type Instant, type OrganisationId, type UserId, type Uuid } from '@waymark/kernel';
import { idOf } from '@waymark/testing';
import { consentsInForceAt } from './consents.js';
import { foldEha, latestEha, noEha, type EhaMessage } from '../replicas/ehas.js';
import { foldLead, nobodyLeads, type LeadMessage } from '../replicas/leads.js';

const consentId = idOf('consent');
const organisation = (name: string) => name as OrganisationId;
const school = organisation('fenbank-primary');
const housing = organisation('cross-homes');
const at = (time: string) => instant(`2026-05-12T${time}:00Z`);
const place = (n: number) => ({ position: String(n).padStart(8, '0') });

describe('the consents in force', () => {
  const [morning, noon] = [at('10:00'), at('12:00')];
  const consent = {
    ...{ consentId, giver: null, purpose: 'targeted-support-request', covers: null, suspended: false, changedAt: morning },
    reach: [
      { agency: school, from: morning, until: null },
      { agency: housing, from: morning, until: noon },
      { agency: housing, from: noon, until: null },
    ],
  };
  const inForce = (when: Instant) => consentsInForceAt({ consents: [consent], decisions: [] }, when);

  it('CON-13 are told with whom each reaches then, and how long', () => {
    expect(inForce(at('09:59'))).toEqual([]);
    const which = { consentId, purpose: consent.purpose };
    expect(inForce(at('11:00'))).toEqual([
      { ...which, agencies: [school], from: morning, until: null },
      { ...which, agencies: [housing], from: morning, until: noon },
    ]);
    expect(inForce(noon).map(({ agencies, from }) => [agencies, from])).toEqual([
      [[school], morning],
      [[housing], noon],
    ]);
  });
});

describe('the copy of the assessment', () => {
  const ehaId = idOf('eha');
  const needs = [{ needId: idOf('need') }];
  const completed = (n: number, id: Uuid = ehaId): EhaMessage => ({
    ...place(n),
    kind: 'assessment-completed',
    ehaId: id,
    completedAt: instant(`2026-04-0${n}T09:00:00Z`),
    needs,
  });
  const step = (
    n: number,
    kind: 'assessment-accepted' | 'assessment-returned' | 'assessment-escalated' | 'assessment-closed',
  ): EhaMessage => ({
    ...place(n),
    kind,
    ehaId,
  });
  const latest = (...messages: EhaMessage[]) => latestEha(messages.reduce(foldEha, noEha));

  it('knows none before one is completed', () => {
    expect(latest()).toBeNull();
    expect(latest(step(1, 'assessment-accepted'))).toBeNull();
  });

  it('FD-07 a completed one is accepted only by the hub', () => {
    expect(latest(completed(1))).toEqual({ ehaId, completedAt: instant('2026-04-01T09:00:00Z'), updatedAt: null, accepted: false, needs });
    expect(latest(completed(1), step(2, 'assessment-accepted'))).toMatchObject({ accepted: true });
  });

  it('FD-07 one that was returned and completed again awaits the hub again', () => {
    expect(latest(completed(1), step(2, 'assessment-returned'), completed(3))).toMatchObject({
      accepted: false,
      completedAt: instant('2026-04-03T09:00:00Z'),
    });
  });

  it('TS-02 an update is remembered beside the completion, with the needs as they are now, and stays accepted', () => {
    const updatedAt = instant('2026-10-06T09:00:00Z');
    const more = [...needs, { needId: idOf('another') }];
    const update: EhaMessage = { ...place(3), kind: 'assessment-updated', ehaId, updatedAt, needs: more };
    expect(latest(completed(1), step(2, 'assessment-accepted'), update)).toMatchObject({ updatedAt, accepted: true, needs: more });
    expect(latest(completed(1), step(2, 'assessment-accepted'))).toMatchObject({ updatedAt: null, needs });
  });

  it('FD-07 one that was escalated is accepted only once the hub accepts it', () => {
    expect(latest(completed(1), step(2, 'assessment-escalated'))).toMatchObject({ accepted: false });
    expect(latest(completed(1), step(2, 'assessment-escalated'), step(3, 'assessment-accepted'))).toMatchObject({ accepted: true });
  });

  it('the latest counts, and a closed one counts no more', () => {
    expect(latest(completed(1), completed(2, idOf('second')))).toMatchObject({ ehaId: idOf('second') });
    expect(latest(completed(1), completed(2, idOf('second')), step(3, 'assessment-closed'))).toMatchObject({ ehaId: idOf('second') });
    expect(latest(completed(1), step(2, 'assessment-closed'))).toBeNull();
  });

  it('a repeat changes nothing', () => {
    const copy = [completed(1), step(2, 'assessment-accepted')].reduce(foldEha, noEha);
    expect(foldEha(copy, completed(1))).toBe(copy);
    expect(copy.seenUpTo).toBe('00000002');
  });
});

describe('the copy of the Lead Professional', () => {
  const lead = (user: string) => ({ user: user as UserId, organisation: school });
  const opened = (n: number, user: string, episode = 'episode'): LeadMessage => ({
    ...place(n),
    kind: 'episode-opened',
    episodeId: idOf(episode),
    leadProfessional: lead(user),
  });
  const changed = (n: number, user: string, episode = 'episode'): LeadMessage =>
    ({ ...opened(n, user, episode), kind: 'lead-professional-changed' }) as LeadMessage;
  const closed = (n: number, episode = 'episode'): LeadMessage => ({ ...place(n), kind: 'episode-closed', episodeId: idOf(episode) });
  const leads = (...messages: LeadMessage[]) => messages.reduce(foldLead, nobodyLeads).leadProfessional?.user ?? null;

  it('is nobody before an episode, then who it opened with, then whoever took over', () => {
    expect(leads()).toBeNull();
    expect(leads(opened(1, 'dana'))).toBe('dana');
    expect(leads(opened(1, 'dana'), changed(2, 'omar'))).toBe('omar');
  });

  it('is nobody once the episode is closed, until the next one opens', () => {
    expect(leads(opened(1, 'dana'), closed(2))).toBeNull();
    expect(leads(opened(1, 'dana'), closed(2), opened(3, 'omar', 'next'))).toBe('omar');
  });

  it('is whoever an episode was reopened with', () => {
    const reopened = { ...opened(3, 'omar'), kind: 'episode-reopened' } as LeadMessage;
    expect(leads(opened(1, 'dana'), closed(2), reopened)).toBe('omar');
  });

  it('an episode that ended earlier says nothing about the one that runs', () => {
    expect(leads(opened(1, 'dana'), opened(2, 'omar', 'next'), closed(3))).toBe('omar');
    expect(leads(opened(1, 'dana'), opened(2, 'omar', 'next'), changed(3, 'eve'))).toBe('omar');
  });

  it('a repeat changes nothing', () => {
    const copy = [opened(1, 'dana'), changed(2, 'omar')].reduce(foldLead, nobodyLeads);
    expect(foldLead(copy, opened(1, 'dana'))).toBe(copy);
  });
});
