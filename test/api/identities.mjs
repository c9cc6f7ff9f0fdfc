// Who asks: in which role an operation is honestly asked for. Everything else is asked for by the professional who leads the seeded families.
const lead = 'user=dana; role=practitioner; organisation=fenbank-primary';

const others = [
  // One alone erases nobody: it takes a second person to confirm.
  [/^\/api\/[a-z-]+\/operation\/erasures\//, 'user=mina; role=manager; organisation=council; purpose=operation'],
  [/^\/api\/[a-z-]+\/operation\//, 'user=olu; role=support-officer; organisation=council; purpose=operation'],
  [/^\/api\/reporting\//, 'user=ada; role=auditor; organisation=council; purpose=audit'],
  [/^\/api\/targeted-support\/.*\/triage$/, 'user=tess; role=targeted-support-manager; organisation=targeted-support'],
  [/\/(triage|mash-enquiry)$|\/mash-enquiries/, 'user=tariq; role=triage-officer; organisation=mash'],
  [/\/hub-(enquiries|checks)/, 'user=hana; role=hub-coordinator; organisation=early-help-hub'],
];

export const identityOf = (path) => others.find(([pattern]) => pattern.test(path))?.[1] ?? lead;
export const identities = [lead, ...others.map(([, identity]) => identity)];
