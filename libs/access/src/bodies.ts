import type { OrganisationId } from '@waymark/kernel';

/** The bodies of an authority whose staff look after every case of it, in their role. */
export type Body = 'mash' | 'early-help-hub' | 'targeted-support' | 'council';

/**
 * Which organisation is which body of which authority. Until organisations are records of their own (ORG-01) they are named here: an organisation
 * that is not has no office anywhere, and gets in by its relationships alone. `waymark` stands for this installation itself: its browser's pages.
 */
const bodies: Readonly<Record<string, { readonly body: Body; readonly of: readonly string[] }>> = {
  mash: { body: 'mash', of: ['peterborough'] },
  'early-help-hub': { body: 'early-help-hub', of: ['peterborough'] },
  'targeted-support': { body: 'targeted-support', of: ['peterborough'] },
  'county-mash': { body: 'mash', of: ['cambridgeshire'] },
  'county-early-help-hub': { body: 'early-help-hub', of: ['cambridgeshire'] },
  'district-early-help-team': { body: 'targeted-support', of: ['cambridgeshire'] },
  council: { body: 'council', of: ['peterborough', 'cambridgeshire'] },
  'city-council': { body: 'council', of: ['peterborough'] },
  'county-council': { body: 'council', of: ['cambridgeshire'] },
  waymark: { body: 'council', of: ['peterborough', 'cambridgeshire'] },
};

/** Whether an organisation is a body of any authority. */
export const isBody = (organisation: OrganisationId): boolean => Object.hasOwn(bodies, organisation);

/** Whether an organisation is any body of the authority. */
export const isBodyOf = (organisation: OrganisationId, authority: string): boolean =>
  Object.hasOwn(bodies, organisation) && bodies[organisation]?.of.includes(authority) === true;

/** Whether an organisation is one of these bodies of the authority. */
export const serves = (organisation: OrganisationId, authority: string, ...as: readonly Body[]): boolean => {
  const known = Object.hasOwn(bodies, organisation) ? bodies[organisation] : undefined;
  return known !== undefined && as.includes(known.body) && known.of.includes(authority);
};
