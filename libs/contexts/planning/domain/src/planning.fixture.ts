import { instant, type CaseId, type CommandMeta, type Day, type PersonId, type UserId, type Uuid } from '@waymark/kernel';
import { takingPart, type CarriesConsent, type HeldConsent, type KnownConsent } from '@waymark/consent';
import { packFor } from '@waymark/policy';
import { actor, dana, idOf } from '@waymark/testing';
import type { EpisodeEvidence } from './shared/evidence.js';
import type { Need, Professional } from './shared/fields.js';

/** J1's names and days. */
export const pack = packFor('peterborough', instant('2026-03-02T09:00:00Z'));
export const episodeId = idOf('episode');
export const ehaId = idOf('eha');
export const firstMeeting = idOf('first meeting');
export const review = idOf('review');
export const leila = idOf<PersonId>('leila');
export const amir = idOf<PersonId>('amir');

export const lead: Professional = { user: dana.user, organisation: dana.organisation };
export const nurse = actor('noor', 'practitioner', 'fen-health');
export const healthVisitor: Professional = { user: nurse.user, organisation: nurse.organisation };
export const head = actor('hana', 'manager', 'fenbank-primary');
export const otherManager = actor('otto', 'manager', 'fen-health');
export const officer = actor('sol', 'support-officer', 'peterborough-council');
export const lineManager = 'hana' as UserId;

export const needs: readonly Need[] = [
  { needId: idOf('attendance'), code: 'good-education' },
  { needId: idOf('health'), code: 'mental-and-physical-health' },
];

export const completedAt = instant('2026-04-03T14:00:00Z');
export const acceptedAt = instant('2026-04-07T10:00:00Z');
export const heldAt = instant('2026-04-28T14:00:00Z');
export const reviewHeldAt = instant('2026-06-16T14:00:00Z');

export const at = (text: string): Partial<CommandMeta> => ({ now: instant(text) });
export const by = (who: CommandMeta['actor'], text = '2026-04-28T16:00:00Z'): Partial<CommandMeta> => ({ actor: who, now: instant(text) });

export const openEpisode: EpisodeEvidence = {
  episodeVersion: 3,
  status: 'open',
  leadProfessional: lead,
  leadProfessionalConfirmed: true,
  ehaAccepted: true,
};
export const evidence = { episode: openEpisode };
export const known = { episodeVersion: 3, consentSeen: '42' };

/** What Leila agreed to, for herself and Amir, since the beginning of the year; it reaches every agency of these tests but the police. */
export const consentOf = (purpose: string, more: Partial<HeldConsent> = {}): HeldConsent => ({
  ...{ consentId: idOf('consent'), giver: leila, purpose, covers: [leila, amir], suspended: false, changedAt: january },
  reach: [lead, healthVisitor, officer].map(({ organisation: agency }) => ({ agency, from: january, until: null })),
  ...more,
});
const january = instant('2026-01-05T09:00:00Z');
const agreed: KnownConsent = {
  ledger: { consents: [consentOf(takingPart), consentOf('lead-professional-change')], decisions: [] },
  seen: '42',
};

/** The aggregate, with that consent beside every command that comes without one. */
export const agreedTo = <D extends { readonly decide: (command: never, state: never, pack: never) => unknown }>(aggregate: D): D => ({
  ...aggregate,
  decide: (command: CarriesConsent, state: never, pack: never) => aggregate.decide({ consent: agreed, ...command } as never, state, pack),
});
export const about = { caseId: idOf<CaseId>('case'), episodeId };

export const actionId = (name: string): Uuid => idOf(`action ${name}`);
export const aDay = (text: string): Day => text as Day;
