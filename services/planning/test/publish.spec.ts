import { describe, expect, it } from '@jest/globals';
import type { Recorded } from '@waymark/event-store';
import { exampleOf, type AnyEventDefinition } from '@waymark/kernel';
import { episodeEvents, planEvents, planningDeadlines, planningEvents, tafEvents } from '@waymark/planning-domain';
import { idOf } from '@waymark/testing';
import { publish } from '../src/publish.js';

const episodeId = idOf('episode');
const recorded = (definition: AnyEventDefinition, change: object = {}) =>
  ({
    type: definition.type,
    data: { ...(exampleOf(definition, { text: () => 'Free text of a person' }) as object), ...change },
    caseId: idOf('case'),
    occurredAt: '2026-04-28T14:00:00.000Z',
    stream: `planning.taf-${episodeId}`,
  }) as unknown as Recorded;

const told = (definition: AnyEventDefinition, change?: object) => {
  const [message, ...others] = publish(recorded(definition, change));
  expect(others).toEqual([]);
  if (!message) return undefined;
  const { contract, data } = message;
  const published = contract.schema.parse(data) as object;
  expect(JSON.stringify(published)).not.toContain('Free text');
  return [contract.type, published];
};

describe('what others learn of planning', () => {
  it.each([
    [episodeEvents.EpisodeOpened, 'episode-opened'],
    [episodeEvents.EpisodeReopened, 'episode-reopened'],
    [episodeEvents.LeadProfessionalAccepted, 'lead-professional-changed'],
    [tafEvents.TafHeld, 'taf-held'],
    [planEvents.ActionAgreed, 'action-agreed'],
  ] as const)('$type tells a contract that its schema takes', (definition, name) =>
    expect(told(definition as AnyEventDefinition)?.[0]).toBe(`earlyhelp.planning.${name}.v1`),
  );

  it('B3 tells that an episode was closed, and not why', () => {
    const [type, data] = told(episodeEvents.EpisodeClosed, { reason: 'moved-away' }) ?? [];
    expect(type).toBe('earlyhelp.planning.episode-closed.v2');
    expect(JSON.stringify(data)).not.toContain('moved-away');
  });

  it('TAF-04 CON-16 who is of the team is told when they are invited, not when the family wishes them there', () => {
    const professionals = [{ user: 'noor', organisation: 'fen-health' }];
    expect(told(tafEvents.InviteesAgreed, { professionals })).toBeUndefined();
    const [type, data] = told(tafEvents.TafInvitationsSent, { professionals }) ?? [];
    expect(type).toBe('earlyhelp.planning.team-agreed.v1');
    expect(data).toMatchObject({ professionals });
    expect(told(tafEvents.TafInvitationsSent, { professionals: [] })).toBeUndefined();
  });

  it('LP-01 a confirmation tells of a change only where there is one', () => {
    expect(told(episodeEvents.LeadProfessionalConfirmed, { changed: true })?.[0]).toBe('earlyhelp.planning.lead-professional-changed.v1');
    expect(told(episodeEvents.LeadProfessionalConfirmed, { changed: false })).toBeUndefined();
  });

  it('TAF-02 PLAN-02 a missed deadline tells what it means, and of which episode', () => {
    const { DeadlineMissed } = planningDeadlines;
    expect(told(DeadlineMissed, { rule: 'TAF-02' })).toMatchObject(['earlyhelp.planning.case-drifting.v1', { episodeId }]);
    expect(told(DeadlineMissed, { rule: 'PLAN-02' })).toMatchObject(['earlyhelp.planning.action-overdue.v1', { episodeId }]);
    expect(told(DeadlineMissed, { rule: 'TAF-01' })).toMatchObject([
      'earlyhelp.planning.deadline-missed.v1',
      { episodeId, rule: 'TAF-01' },
    ]);
  });

  it("tells nothing of planning's own affairs, nor of an event without a case", () => {
    const telling = planningEvents.filter((definition) => told(definition) !== undefined);
    expect(telling).toHaveLength(9);
    expect(publish({ ...recorded(episodeEvents.EpisodeOpened), caseId: null })).toEqual([]);
  });
});
