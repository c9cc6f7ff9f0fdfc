/** What stands under each heading of the API's description. `<service>: operation` is the same in every service. */
const tags: Readonly<Record<string, string>> = {
  development: 'Of the development profile alone: the clock, the demonstration.',
  operation: 'Whether the process lives and can serve, and what is measured.',
  'referral: contacts': 'The front door: contacts about children, and what a triage officer decides.',
  'referral: MASH enquiries':
    'Enquiries of the Multi-Agency Safeguarding Hub: which agencies were asked, what they answered, what was decided.',
  'referral: hub enquiries': 'Enquiries of the Early Help Hub, and its decision.',
  'assessment: consent': "A case's ledger of consent: given, refused, renewed, withdrawn; competence; decisions to share; lawful bases.",
  'assessment: assessments': 'Early Help Assessments: written together, agreed word for word, completed and checked.',
  'planning: episodes': 'Episodes of help: the Lead Professional, services, supervision, closing and reopening.',
  'planning: meetings': 'Meetings of the Team Around the Family: invitations, the record, its sharing.',
  'planning: plan': "The family's plan: goals, SMART actions, and what becomes of them.",
  'planning: case notes': 'Case notes, each with what corrects it.',
  'planning: deadlines': 'What is due and overdue in episodes.',
  'targeted-support: requests': 'Requests for Targeted Support, through the gate, to triage.',
  'reporting: cases': 'Cases by authority, stage, name or reference.',
  'reporting: a case from its record': 'A case out of the event log: chronology, state at a moment, replay.',
};

export const tagOf = (name: string): string =>
  tags[name] ??
  (name.endsWith(': operation') ? `How ${name.split(':')[0]} reacts to events: how far it is, what is parked, rebuilds.` : name);
