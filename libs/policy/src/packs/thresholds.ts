import type { PolicyPack } from '../pack.js';

/**
 * Indicators by level, from the descriptors in the appendix of Cambridgeshire's strategy. Peterborough's guidance describes the same
 * three levels and leaves indicators to its threshold document. They guide; the judgement is the professional's (FD-08).
 */
export const thresholdIndicators: PolicyPack['thresholdIndicators'] = {
  universal: {
    'secure-warm-parenting': 'Secure and warm parenting, guidance and boundaries in place',
    'good-attendance-and-health-access': 'Good attendance; health provision used as needed',
    'age-appropriate-development': 'Development and responses appropriate to age',
    'specific-parental-struggle': 'Parents struggling with a specific issue and needing a little support',
    'basic-care-sometimes-inconsistent': 'Basic care sometimes inconsistent',
  },
  targeted: {
    'inconsistent-parenting': "Inconsistent parenting; parental issues in the way of the child's needs",
    'boundaries-not-in-place': 'Guidance and boundaries appropriate to age not in place',
    'behaviour-at-home-hard-to-manage': 'Parents struggling to manage behaviour at home',
    'some-evidence-of-domestic-abuse': 'Some evidence of domestic abuse',
    'poor-attendance-or-behaviour': 'Poor attendance, or behaviour in class',
    'missed-health-appointments': 'Health needs not met, appointments often missed',
    'anti-social-behaviour': 'Anti-social behaviour',
    'substance-misuse': 'Substance misuse',
    'risk-taking-behaviour': 'Risk-taking behaviour, including early onset of sexual activity',
  },
  specialist: {
    'section-47-concern': 'A concern under section 47 of the Children Act 1989',
    'family-breakdown': 'Family breakdown, imminent or already there',
    remand: 'A young person remanded into the care of the authority',
    'disabled-child-specialist-need': 'A disabled child who needs specialist services to prevent immediate impairment or accommodation',
    'abuse-or-neglect': 'The child may have been abused or neglected',
    'adult-known-or-suspected-risk': 'An adult caring for the child is known or suspected to be a risk to children',
    'parental-issues-significant-risk': 'Significant parental issues that present a significant risk to the child',
    'high-risk-domestic-abuse': 'Domestic abuse assessed as high risk (MARAC)',
    'medical-needs-compromised': 'Medical needs significantly compromised by neglect',
    'sexual-activity-under-13': 'A child under 13 engaged in sexual activity',
    'significant-risk-to-others': 'The child may pose a significant risk of harm to others',
    'dangerous-home-environment': 'The home presents an immediate and serious risk to the child',
  },
};
