import type { RuleId } from '@waymark/kernel';

/** `hard`: a command that breaks it is refused. `soft`: it prompts, warns or is reported on. `fact`: reference data. */
export type RuleStrength = 'hard' | 'soft' | 'fact';

export interface Rule {
  readonly strength: RuleStrength;
  /** One line that a practitioner understands; a problem document shows it. */
  readonly title: string;
}

const hard = (title: string): Rule => ({ strength: 'hard', title });
const soft = (title: string): Rule => ({ strength: 'soft', title });
const fact = (title: string): Rule => ({ strength: 'fact', title });

/** The rules of the practice, by the id that decisions, tests and problem documents name. An id keeps its meaning for good. */
export const rules: Readonly<Record<RuleId, Rule>> = {
  // The front door
  'FD-01': hard('Every contact about a child is taken, acknowledged and kept'),
  'FD-02': hard('Triage ends in one of four outcomes, with its reasons and who decided'),
  'FD-03': soft('A MASH enquiry is decided within 72 hours of the contact'),
  'FD-04': hard('What each agency was asked in an enquiry, and what came of it, is recorded'),
  'FD-05': fact('The partners of the MASH'),
  'FD-06': hard('A hub enquiry follows a contact below the statutory threshold and ends in an assessment, advice or the MASH'),
  'FD-07': hard('A completed assessment is checked by the hub before anything rests on it'),
  'FD-08': hard('A threshold judgement records the level, the indicators and the reasoning'),
  'FD-09': soft("Indicators of the specialist level prompt a referral to Children's Social Care"),
  'FD-10': soft('At the targeted level an assessment is expected'),
  'FD-11': soft('An immediate safeguarding concern is shown its way at once and waits for nothing'),
  'FD-12': soft('Whoever made a contact learns its outcome, as far as they may'),
  'FD-13': hard('A person is searched for before being created, and a merge is reviewed and can be undone'),
  'FD-14': soft("The locality follows from the child's address"),
  'FD-15': fact('The circumstances that suggest Early Help'),

  // Advice
  'ADV-01': hard('Whether an assessment exists and who leads is told only to those entitled, and logged'),
  'ADV-02': fact('The directory of services'),
  'ADV-03': soft('Support officers log discussions and check in on cases that drift'),
  'ADV-04': soft('A need for which no service was found is recorded'),

  // Consent
  'CON-01': hard('No assessment starts without consent to take part'),
  'CON-02': hard('Consent needs the privacy notice shared, read, understood and agreed'),
  'CON-03': hard('Consent says who gave it, as what, for what, for whom, to whom, how and when'),
  'CON-04': hard('A young person of 16 or over decides for themself'),
  'CON-05': hard('A child under 16 decides only when a named professional judged them competent on all six factors'),
  'CON-06': hard('For a child who is not competent a person with parental responsibility decides'),
  'CON-07': hard('A competent young person can go on without their parents, who then see only what they agree to'),
  'CON-08': soft('A child under 16 is encouraged to involve their parents'),
  'CON-09': hard('One person with parental responsibility is enough; a parent without it is not'),
  'CON-10': soft('A refusal records what was explored and offered, and when to ask again'),
  'CON-11': soft('On a refusal the risk of significant harm is judged'),
  'CON-12': hard('To share without consent, or not to share, is a recorded decision'),
  'CON-13': hard('A withdrawal takes effect at once'),
  'CON-14': hard('A further step that reaches further needs its own consent'),
  'CON-15': hard('Agreement, lawful basis and a decision to share are three records'),
  'CON-16': hard('Nothing is written, planned or shared about a person whom no consent in force and no decision covers'),
  'CON-17': hard('A withdrawal of the consent to take part stops all work but safeguarding and closing'),
  'CON-19': hard('A decision to share holds for its content, people, recipients and time only'),

  // The assessment
  'EHA-01': soft('An assessment is offered when several needs call for several agencies'),
  'EHA-02': hard('Any partner starts an assessment and others contribute, each under their own name'),
  'EHA-03': hard('A family has at most one open assessment'),
  'EHA-04': soft("Every child at home is considered and every member's voice is sought"),
  'EHA-05': hard('All eight considerations are answered'),
  'EHA-06': hard("The child's lived experience is recorded before an assessment is finalised"),
  'EHA-07': hard('Differing views stand side by side, each with its author'),
  'EHA-08': soft('An assessment is completed within four weeks'),
  'EHA-09': hard('The family has agreed the exact version that is finalised'),
  'EHA-10': soft('An assessment is updated every six months while the episode is open'),
  'EHA-11': soft('Fathers and other male carers are included'),
  'EHA-12': soft("The family's own network is recorded"),
  'EHA-13': soft('A safety plan says what each person does, where safety is and whom to call'),

  // Tools
  'STAR-01': hard('Only a worker with current training records a Star reading'),
  'STAR-02': hard('A reading scores every scale of one Star and edition, within its range'),
  'STAR-03': soft('A very low score prompts a look at neglect and decides nothing'),
  'STAR-04': soft('Readings are repeated, and change is shown from the first'),
  'STAR-05': hard('Readings of different Stars or editions are not compared'),
  'STAR-06': fact('The Stars by name, scale and range'),
  'SCR-01': fact('The screening tools'),
  'SCR-02': hard('Parental conflict and domestic abuse are told apart, with the evidence'),
  'SCR-03': soft("A result over a tool's threshold prompts its next step"),

  // The team and the plan
  'TAF-01': soft('The first Team Around the Family meets within four weeks of the assessment'),
  'TAF-02': soft('Reviews follow every six to eight weeks'),
  'TAF-03': hard('The team does not meet without the child or family'),
  'TAF-04': hard('The family agrees who is invited before anyone is'),
  'TAF-05': soft('The views of those who cannot attend are put to the meeting'),
  'TAF-06': hard('Each meeting leaves a record and a plan, shared with those who may receive it'),
  'TAF-07': soft('The first meeting covers six topics'),
  'TAF-08': soft('Each review judges impact and what comes next'),
  'PLAN-01': hard('An action says what and why, how it will be known, by what means, whose it is and by when'),
  'PLAN-02': soft('An action past its date prompts its owner'),
  'PLAN-03': hard('The agency that agreed to an action answers for it'),
  'PLAN-04': soft("The family's own goals come first, in their words"),
  'LP-01': hard('A case has exactly one Lead Professional'),
  'LP-02': hard('The Lead Professional is decided with the family by the end of the first meeting'),
  'LP-03': hard('A new Lead Professional needs the family to consent and has to accept'),
  'LP-04': soft('Changes of Lead Professional are counted and shown'),
  'LP-05': hard('Nobody is blocked by a Lead Professional who is away, has left or does not answer'),
  'EP-01': hard('All activity belongs to an episode'),
  'EP-02': soft('An episode without an active plan prompts its closing'),
  'EP-03': hard('A case note has an author and is corrected only by a further entry'),
  'EP-04': hard('Closing needs a reason, the present circumstances and the support given'),
  'EP-05': soft('Services still involved at the end are listed'),
  'EP-06': hard('A closed episode is reopened only with a reason'),
  'EP-07': soft('After closing, the family is kept in touch with and asked for feedback'),
  'SUP-01': hard("Managers supervise the cases of their own organisation's staff, and no others"),
  'SUP-02': soft('What was spent for a family is recorded against a need'),

  // Targeted Support and panels
  'TS-01': hard("Only the case's Lead Professional requests Targeted Support"),
  'TS-02': hard('The assessment is at most six months old and evidences the needs of the request'),
  'TS-03': hard('Consent covers the request and the sharing with the organisations involved'),
  'TS-04': hard('A request is allocated, sent to a panel, returned or signposted, with reasons that reach the Lead Professional'),
  'TS-05': fact('The four kinds of Targeted Support'),
  'TS-06': hard('Youth services are for the ages that they serve'),
  'TS-07': hard('An intervention has a provider with capacity, goals tied to needs, and an ending with its outcome'),
  'TS-08': soft('A need for a specialist service goes there directly'),
  'MASG-01': hard('A request for the panel takes a slot at the next one that has room'),
  'MASG-02': hard('The Lead Professional is told the slot and invited'),
  'MASG-03': fact('The sectors of the panel'),
  'MASG-04': hard("A panel's record is complete, and members see only the cases of their agenda"),
  'MASG-05': fact('The other panels'),

  // Stepping up and down
  'STEP-01': hard('Stepping up takes along everything that is known'),
  'STEP-02': hard("Early Help reads Social Care's assessment only with the family's consent"),
  'STEP-03': hard('Stepping down names a new Lead Professional and a date for the team'),
  'STEP-04': hard('A transfer has a plan and a receiver who accepted'),
  'STEP-05': soft('Early Help can run beside specialist work'),

  // The programme
  'SF-01': hard('A family in the programme has an assessment, a plan, a Lead Professional and at least three needs'),
  'SF-02': fact('The ten headline outcomes'),
  'SF-03': soft('A claim of success names its evidence against every need'),
  'SF-04': soft('Reports suppress small numbers'),
  'SF-05': soft('Commissioned services are compared by the change that families made'),

  // Young people
  'NEET-01': hard('The September offer is tracked for everyone leaving Year 11 and Year 12'),
  'NEET-02': soft('A young person who is NEET gets a worker'),

  // People, access and the record
  'TRN-01': hard('Whoever records has had the training, and it has not expired'),
  'TRN-02': soft('A provider without an active user is shown'),
  'ACC-01': hard('What a user may do follows from role, organisation, relationship, purpose, consent and restriction; otherwise no'),
  'ACC-02': hard('Every look at a record is recorded before anything is shown'),
  'ACC-03': hard('A restricted record does not show that it exists'),
  'ACC-04': hard('Emergency access needs a reason, ends, and is reviewed'),
  'GEN-01': hard('A decision says who decided, as what, when, why, on what evidence and under which policy'),
  'GEN-02': hard('When it happened and when it was recorded are two dates'),
  'GEN-03': hard('Nothing is overwritten: a correction is a further entry'),
};
