import { describe, expect, it } from '@jest/globals';
import { afterChange, holdingAt, noRelationships, type RelationshipKind } from '@waymark/access';
import { exampleOf, instant, type AnyEventDefinition } from '@waymark/kernel';
import { dana } from '@waymark/testing';
import * as episode from './episode/events.js';
import { episodeId, healthVisitor, lead } from './planning.fixture.js';
import { planningRelationships } from './relationships.js';
import * as taf from './taf/events.js';

type Happened = readonly [definition: AnyEventDefinition, data?: object];

/** Who holds what once these have happened, an hour apart. */
const holding = (as: RelationshipKind, ...happened: readonly Happened[]): readonly object[] => {
  const at = (index: number) => instant(`2026-04-07T${String(9 + index).padStart(2, '0')}:00:00Z`);
  const changes = happened.flatMap(([definition, data], index) => {
    const event = { type: definition.type, data: { ...(exampleOf(definition) as object), episodeId, ...data } };
    const isHandled = planningRelationships.handles.some(({ type }) => type === event.type);
    const told = isHandled ? planningRelationships.tell({ ...event, actor: dana, occurredAt: at(index) }) : [];
    return told.map((change) => ({ change, toldAt: String(index) }));
  });
  const known = changes.reduce((before, { change, toldAt }) => afterChange(before, change, toldAt), noRelationships);
  return holdingAt(known.relationships, at(happened.length))
    .filter((one) => one.as === as)
    .map(({ user, organisation }) => ({ user, organisation }));
};

describe('a proposed Lead Professional', () => {
  const proposed: Happened = [episode.LeadProfessionalProposed, { leadProfessional: healthVisitor }];

  it('LP-03 is one until they answer', () => expect(holding('proposed-lead-professional', proposed)).toEqual([healthVisitor]));

  it.each(['LeadProfessionalAccepted', 'LeadProfessionalDeclined', 'LeadProfessionalProposalWithdrawn', 'EpisodeClosed'] as const)(
    'LP-03 LP-05 is none any more after %s',
    (name) => expect(holding('proposed-lead-professional', proposed, [episode[name]])).toEqual([]),
  );

  it('LP-03 is not touched by another episode, and can be proposed again', () => {
    const elsewhere: Happened = [episode.EpisodeClosed, { episodeId: '01980000-0000-7000-8000-000000000001' }];
    expect(holding('proposed-lead-professional', proposed, elsewhere)).toEqual([healthVisitor]);
    expect(holding('proposed-lead-professional', proposed, [episode.LeadProfessionalProposalWithdrawn], proposed)).toEqual([healthVisitor]);
  });
});

describe('a member of the team', () => {
  const professionals = [healthVisitor];

  it('TAF-04 CON-16 is one from the invitation, which asks for consent, and not from the family’s wish to have them there', () => {
    expect(holding('team-member', [taf.InviteesAgreed, { professionals }])).toEqual([]);
    expect(holding('team-member', [taf.InviteesAgreed, { professionals }], [taf.TafInvitationsSent, { professionals }])).toEqual([
      healthVisitor,
    ]);
  });

  it('TAF-03 is whoever was at the meeting, invited or not, and stays one', () => {
    const held: Happened = [taf.TafHeld, { attended: { people: [], professionals: [lead, healthVisitor] } }];
    expect(holding('team-member', held)).toEqual([lead, healthVisitor]);
    expect(holding('team-member', [taf.TafInvitationsSent, { professionals }], held, [taf.InviteesAgreed, { professionals: [] }])).toEqual([
      lead,
      healthVisitor,
    ]);
  });
});
