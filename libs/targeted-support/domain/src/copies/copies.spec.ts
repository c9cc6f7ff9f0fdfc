import { describe, expect, it } from '@jest/globals';
import { instant, type OrganisationId, type UserId, type Uuid } from '@waymark/kernel';
import { idOf } from '@waymark/testing';
import { consentsInForce, foldConsent, noConsents, type ConsentMessage } from './consents.js';
import { foldEha, latestEha, noEha, type EhaMessage } from './ehas.js';
import { foldLead, nobodyLeads, type LeadMessage } from './leads.js';

const consentId = idOf('consent');
const organisation = (name: string) => name as OrganisationId;
const school = organisation('fenbank-primary');
const housing = organisation('cross-homes');
const at = (time: string) => instant(`2026-05-12T${time}:00Z`);
const place = (n: number) => ({ position: String(n).padStart(8, '0') });

describe('the copy of consent', () => {
  const given = (n: number, time: string, more: Partial<Extract<ConsentMessage, { kind: 'consent-given' }>> = {}): ConsentMessage => ({
    ...place(n),
    kind: 'consent-given',
    consentId,
    purpose: 'targeted-support-request',
    agencies: [school, housing],
    from: at(time),
    until: null,
    ...more,
  });
  const withdrawn = (n: number, time: string, agencies: OrganisationId[] | null): ConsentMessage => ({
    ...place(n),
    kind: 'consent-withdrawn',
    consentId,
    at: at(time),
    agencies,
  });
  const reached = (messages: ConsentMessage[], time: string) =>
    consentsInForce(messages.reduce(foldConsent, noConsents), at(time)).flatMap(({ agencies }) => agencies);

  it('reaches nobody before it is given, and its agencies from then on', () => {
    expect(reached([given(1, '10:00')], '09:59')).toEqual([]);
    expect(reached([given(1, '10:00')], '10:00')).toEqual([school, housing]);
  });

  it('CON-13 a withdrawal for one agency ends it for that agency at once, and for no other', () => {
    const messages = [given(1, '10:00'), withdrawn(2, '11:00', [housing])];
    expect(reached(messages, '10:59')).toEqual([school, housing]);
    expect(reached(messages, '11:00')).toEqual([school]);
  });

  it('CON-13 withdrawn, renewed and withdrawn again leaves exactly the open intervals', () => {
    const messages = [
      given(1, '10:00'),
      withdrawn(2, '11:00', null),
      given(3, '12:00', { agencies: [housing] }),
      withdrawn(4, '13:00', null),
    ];
    const times = ['10:30', '11:00', '11:59', '12:00', '12:59', '13:00'];
    expect(times.map((time) => reached(messages, time))).toEqual([[school, housing], [], [], [housing], [housing], []]);
  });

  it('withdrawn and renewed at one moment is in force, in the order of the record', () => {
    expect(reached([given(1, '10:00'), withdrawn(2, '11:00', null), given(3, '11:00')], '11:00')).toEqual([school, housing]);
    expect(reached([given(1, '10:00'), given(2, '11:00'), withdrawn(3, '11:00', null)], '11:00')).toEqual([]);
  });

  it('an end that was agreed at the start holds without a withdrawal, and a later withdrawal does not move it', () => {
    const messages = [given(1, '10:00', { until: at('12:00') }), withdrawn(2, '13:00', null)];
    expect(reached(messages, '11:59')).toHaveLength(2);
    expect(reached(messages, '12:00')).toEqual([]);
  });

  it('renewed until a day, it holds no longer than that', () => {
    const messages = [given(1, '10:00'), given(2, '11:00', { agencies: [housing], until: at('12:00') })];
    expect(reached(messages, '11:30')).toEqual([school, housing]);
    expect(reached(messages, '12:00')).toEqual([school]);
  });

  it('a withdrawal that is told late does not end what was renewed after it', () => {
    const messages = [given(1, '10:00'), given(2, '12:00', { agencies: [school] }), withdrawn(3, '11:00', null)];
    expect(reached(messages, '11:30')).toEqual([]);
    expect(reached(messages, '12:30')).toEqual([school]);
  });

  it('leaves other consents alone', () => {
    const other = given(2, '10:00', { consentId: idOf('other'), purpose: 'early-help', agencies: [school] });
    expect(reached([given(1, '10:00'), other, withdrawn(3, '11:00', null)], '12:00')).toEqual([school]);
  });

  it('a repeat changes nothing, and the copy says how far it has read', () => {
    const copy = [given(1, '10:00'), withdrawn(2, '11:00', null)].reduce(foldConsent, noConsents);
    expect(foldConsent(copy, given(1, '10:00'))).toBe(copy);
    expect(copy.seenUpTo).toBe('00000002');
    expect(foldConsent(copy, given(3, '12:00'))).not.toBe(copy);
  });
});

describe('the copy of the assessment', () => {
  const ehaId = idOf('eha');
  const needs = [{ needId: idOf('need'), code: 'good-education' }];
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
    const more = [...needs, { needId: idOf('another'), code: 'secure-housing' }];
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
