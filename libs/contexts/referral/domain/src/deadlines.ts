import { deadlineEvents } from '@waymark/deadlines';

export const referralDeadlines = deadlineEvents('referral', { 'FD-03': 'decide the MASH enquiry' });
