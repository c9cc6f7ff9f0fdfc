import { day } from '@waymark/kernel';
import type { PolicyPack } from '../pack.js';
import { common } from './common.js';

/**
 * Cambridgeshire: the Early Help Strategy "Cambridgeshire Families Thrive", with the earlier discussion paper and workshop where the
 * strategy is silent. The strategy bears no date: the version and its first day are those from which Waymark applies it.
 */
export const cambridgeshire202504: PolicyPack = {
  // Hours, weeks, months, ages and the lists of law and national frameworks: Cambridgeshire's guidance names none, the values are the same.
  ...common,
  id: 'cambridgeshire',
  authority: 'cambridgeshire',
  version: '2025-04',
  validFrom: day('2025-04-01'),
  source: 'Cambridgeshire County Council, Cambridgeshire Families Thrive: Early Help Strategy',
  names: {
    frontDoor: 'Multi Agency Safeguarding Hub (MASH)',
    hub: 'Early Help Hub',
    adviceTeam: 'Advice and Co-ordination Team',
    targetedSupport: 'District Early Help teams',
    assessment: 'Early Help Assessment (EHA)',
    teamMeeting: 'Team around the family (TAF) or child (TAC)',
    thresholdTool: 'Descriptors of universal/preventative, targeted and specialist services',
    familiesProgramme: 'Together for Families',
    caseSystem: 'the case record',
  },
  // The strategy counts the teams and does not name them.
  areaTeams: { each: 'District Early Help team', number: 7 },
  safeguardingRoute:
    "Follow your organisation's safeguarding procedure without delay: speak to your safeguarding lead and contact the Multi Agency Safeguarding Hub (MASH). Do not wait for consent or for a form.",
  supportKinds: {
    'family-support': 'Family support services',
    'youth-support': 'Youth support services',
    'send-support': 'Special educational needs support services',
  },
  // The strategy has Young People's Workers and names no ages: the same as Peterborough's. It has no diversion team.
  supportAges: { 'young-peoples-worker': { from: 11, to: 19 } },
  // The panels are Peterborough's. Here requests come to the Early Help Hub and go to a District Early Help team.
  panels: {},
};
