// The contact that the benches send to referral.
export const practitioner = 'user=dana; role=practitioner; organisation=fenbank-primary';

export const contact = {
  authority: 'peterborough',
  source: { kind: 'professional', referrer: { name: 'Dana Reyes' } },
  child: { name: 'Amir Haddad', dateOfBirth: '2018-05-14' },
  household: [{ name: 'Leila Haddad', relationship: 'mother' }],
  concern: 'Absent on eleven days since the half term, tired when in school, and worried about his mother, who has been unwell.',
  reasons: ['persistent-absence'],
};
