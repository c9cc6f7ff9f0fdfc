import { day } from '@waymark/kernel';
import type { PolicyPack } from '../pack.js';
import { common } from './common.js';

/** Peterborough: Early Help Guidance for Professionals, June 2025, and the Peterborough Early Help strategy (its panels). */
export const peterborough202506: PolicyPack = {
  ...common,
  id: 'peterborough',
  authority: 'peterborough',
  version: '2025-06',
  validFrom: day('2025-06-01'),
  source: 'Peterborough City Council, Early Help Guidance for Professionals, June 2025',
  names: {
    frontDoor: 'Multi-Agency Safeguarding Hub (MASH)',
    hub: 'Early Help Hub',
    adviceTeam: 'Early Help Support Officers',
    targetedSupport: 'Targeted Support Service',
    assessment: 'Early Help Assessment (EHA)',
    teamMeeting: 'Team Around the Family (TAF)',
    thresholdTool: 'Effective Support for Children and Families (Threshold Tool)',
    familiesProgramme: 'Supporting Families',
    caseSystem: 'Early Help Module (EHM)',
  },
  areaTeams: { each: 'Early Help and Targeted Support Service', number: 1 },
  safeguardingRoute:
    "Follow your organisation's safeguarding procedure without delay and contact the Multi-Agency Safeguarding Hub (MASH). Do not wait for consent or for a form.",
  supportKinds: {
    'family-support': 'Family support',
    'staying-safe': 'Staying safe',
    'support-networks': 'Establishing support networks',
    'wellbeing-aspirations-neet': 'Emotional wellbeing, aspirations and NEET',
  },
  supportAges: {
    'young-peoples-worker': { from: 11, to: 19 },
    diversion: { from: 11, to: 19, toWithDisability: 25 },
    'out-of-court-panel': { from: 10, to: 18 },
  },
  panels: {
    masg: {
      name: 'Multi-Agency Support Group (MASG)',
      everyWeeks: 2,
      sectors: {
        'targeted-support-service': 'Targeted Support Service',
        'early-years': 'Early Years',
        'childrens-centres': "Children's Centres",
        'emotional-health-camhs': 'Emotional Health and Wellbeing Service / CAMHS',
        police: 'Police',
        'childrens-social-care': "Children's Social Care",
        'residential-social-landlords': 'Residential Social Landlords',
        'healthy-child-programme': 'Healthy Child Programme (health visiting and school nursing)',
        'drug-and-alcohol-services': 'Drug and Alcohol Services',
        'la-attendance-service': 'LA Attendance Service',
      },
    },
    'primary-behaviour-panel': { name: 'Primary Behaviour Panel', everyWeeks: null, sectors: null },
    'early-support-pathway-0-5': { name: '0-5 Early Support Pathway', everyWeeks: null, sectors: null },
  },
};
