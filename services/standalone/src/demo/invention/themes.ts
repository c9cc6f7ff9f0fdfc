/** What brings a family to Early Help, in the words of those who write it down. */
export interface Theme {
  /** Coded reason of the contact (FD-15). */
  readonly reason: string;
  readonly ages: readonly [youngest: number, oldest: number];
  readonly concern: (child: string) => string;
  /** Headings of the outcomes framework, each with what is needed. */
  readonly needs: readonly (readonly [code: string, words: string])[];
  readonly section: readonly [heading: string, text: string];
  readonly causes: string;
  readonly childSays: string;
  readonly parentSays: string;
  readonly fatherSays: string;
  readonly goal: string;
  /** What is done, and how it will be known to have worked: by the school or nursery, by health, by the family. */
  readonly actions: readonly (readonly [what: string, howKnown: string])[];
  readonly circumstances: string;
}

export const themes: readonly Theme[] = [
  {
    reason: 'persistent-absence',
    ages: [5, 15],
    concern: (child) => `${child} has been in school on fewer than seven days in ten since half-term, and arrives tired.`,
    needs: [
      ['good-education', 'To be in school every day and keep up.'],
      ['mental-and-physical-health', 'A parent whose illness is looked after.'],
    ],
    section: ['health', 'The parent has been seen twice this term; tests are under way, and mornings are the worst time of the day.'],
    causes: 'The absences began when the parent fell ill in the autumn.',
    childSays: 'I stay at home when Mum feels dizzy, because somebody has to.',
    parentSays: 'I can manage if the mornings are easier.',
    fatherSays: 'The school makes too much of a few days.',
    goal: 'Calm mornings, and everybody out of the house in time.',
    actions: [
      ['A place at the breakfast club', 'There on four mornings in five.'],
      ['A review of the treatment with the practice nurse', 'An appointment kept, and its outcome told.'],
      ['Bags and clothes laid out the evening before', 'Out of the door by half past eight.'],
    ],
    circumstances: 'In school on more than nine days in ten; the parent is well enough to walk there.',
  },
  {
    reason: 'housing',
    ages: [1, 16],
    concern: (child) =>
      `The family has had notice to leave its flat by the end of next month; ${child} shares one room with everybody else.`,
    needs: [
      ['secure-housing', 'A home that the family can stay in.'],
      ['financial-stability', 'Arrears that can be paid off.'],
    ],
    section: ['housing-and-money', 'Rent is two months behind since hours at the warehouse were cut. The landlord will accept a plan.'],
    causes: 'Hours at work were cut, and the rent went up in the same month.',
    childSays: 'I do my homework on the stairs. I do not want to move school.',
    parentSays: 'If we know where we will live, the rest will follow.',
    fatherSays: 'We would rather sort this out ourselves, but not without a roof.',
    goal: 'A front door key that stays ours.',
    actions: [
      ['A homework place after school', 'Used three times a week.'],
      ['A letter on the effect on health for the housing application', 'Sent, and taken into account.'],
      ['A payment plan agreed with the landlord', 'Two payments made on time.'],
    ],
    circumstances: 'A two-year tenancy near the school; the arrears are being paid off.',
  },
  {
    reason: 'caring-responsibilities',
    ages: [8, 16],
    concern: (child) => `${child} looks after a younger brother and a parent who uses a wheelchair, and has stopped seeing friends.`,
    needs: [
      ['mental-and-physical-health', 'Time to be a child.'],
      ['good-education', 'Homework that gets done.'],
    ],
    section: ['emotions-and-behaviour', 'Bright and polite; falls asleep in the afternoon and worries when the phone rings.'],
    causes: "The parent's condition has become worse over two years, and relatives have moved away.",
    childSays: 'I am good at it. But I would like one afternoon for football.',
    parentSays: 'I did not see how much had come to rest on those shoulders.',
    fatherSays: 'I can take weekends, if somebody tells me which.',
    goal: 'One afternoon a week that is nobody else’s.',
    actions: [
      ['A young carers’ group on Thursdays', 'Went at least six times.'],
      ['An assessment of the parent’s own care needs', 'Care at home on weekday mornings.'],
      ['The father has the younger brother on Saturdays', 'Three Saturdays in four.'],
    ],
    circumstances: 'Care comes in each morning; football on Thursdays, and homework up to date.',
  },
  {
    reason: 'bereavement-or-breakdown',
    ages: [4, 15],
    concern: (child) =>
      `Since a grandparent who lived with the family died, ${child} has hardly spoken in class and cries at small things.`,
    needs: [
      ['family-relationships', 'A family that can talk about its loss.'],
      ['mental-and-physical-health', 'Help with grief.'],
    ],
    section: ['education', 'Works well one to one; leaves the room when families are talked about.'],
    causes: 'The grandparent brought the children up while both parents worked nights.',
    childSays: 'Everybody is quiet at home now. I am quiet too.',
    parentSays: 'I do not know how to begin to talk about it.',
    fatherSays: 'Time will heal it; but I will come if it helps.',
    goal: 'To be able to say Gran’s name at the table.',
    actions: [
      ['A weekly half hour with the learning mentor', 'Speaks in class again.'],
      ['Referral to bereavement support', 'First session held.'],
      ['A memory box, made together', 'Finished, and kept where all can reach it.'],
    ],
    circumstances: 'The family talks about its loss; the child is back to playing with others.',
  },
  {
    reason: 'development-or-learning',
    ages: [2, 4],
    concern: (child) =>
      `${child} says about ten words and is hard to understand; the family has missed two reviews with the health visitor.`,
    needs: [
      ['early-years-development', 'Help with speech before school begins.'],
      ['family-relationships', 'Parents who feel sure of themselves.'],
    ],
    section: ['development-and-learning', 'Points and gestures well. Hearing was found normal; speech is about a year behind.'],
    causes: 'The family speaks two languages at home and has had little contact with other families since it moved.',
    childSays: 'Observed at play: builds towers, looks for a grown-up’s face, laughs when understood.',
    parentSays: 'I thought that it would come by itself.',
    fatherSays: 'I spoke late too. There is nothing wrong.',
    goal: 'To understand each other without pointing.',
    actions: [
      ['A funded nursery place for five mornings', 'Attends four of five.'],
      ['Referral to speech and language therapy', 'Assessed, with a programme to follow at home.'],
      ['A story every evening, in either language', 'Most evenings of the week.'],
    ],
    circumstances: 'Short sentences at nursery; the family goes to the children’s centre each week.',
  },
  {
    reason: 'behaviour-or-offending',
    ages: [11, 17],
    concern: (child) =>
      `${child} has been out late with older teenagers, came to school smelling of cannabis and was stopped twice by the police.`,
    needs: [
      ['away-from-crime', 'Something better to do than to hang about.'],
      ['substance-use', 'Honest talk about cannabis.'],
    ],
    section: ['community', 'Known at the skate park; the older group moves things from town to town. Nothing shows a debt so far.'],
    causes: 'Things changed when the youth club closed and the eldest brother left home.',
    childSays: 'They are all right. Nobody else asks me to come along.',
    parentSays: 'I work nights, and I cannot be everywhere.',
    fatherSays: 'A firm hand would do more than meetings.',
    goal: 'To know where everybody is at ten o’clock.',
    actions: [
      ['A mentor at school, twice a week', 'No exclusion this term.'],
      ['A session about substances with the school nurse', 'Held, with a plan of their own.'],
      ['Home by ten, with a call when it gets later', 'Kept on six evenings of seven.'],
    ],
    circumstances: 'Boxing twice a week; no further contact with the police.',
  },
  {
    reason: 'parental-difficulties',
    ages: [3, 15],
    concern: (child) => `The parents have separated and argue at the school gate; ${child} asks to stay late so as not to be there.`,
    needs: [
      ['family-relationships', 'Parents who can settle things out of the children’s hearing.'],
      ['mental-and-physical-health', 'Sleep and calm.'],
    ],
    section: [
      'parents-and-carers',
      'Both are loving parents who do not speak to each other. Conflict, and no sign of abuse, was found by the screening.',
    ],
    causes: 'A separation in the spring, with the money still to be settled.',
    childSays: 'I wish that they would pick me up one at a time.',
    parentSays: 'It has to stop, and I do not know how.',
    fatherSays: 'I only want to see the children without a quarrel.',
    goal: 'Handovers without a raised voice.',
    actions: [
      ['A quiet place to be collected from', 'No argument at the gate for six weeks.'],
      ['A course on conflict between parents', 'Both have finished it.'],
      ['A calendar for who has the children when', 'Kept for a month.'],
    ],
    circumstances: 'The parents keep to a calendar; the children sleep through.',
  },
  {
    reason: 'health-concerns',
    ages: [12, 17],
    concern: (child) => `${child} has stopped eating with others, has lost weight and says that there is no point in exams.`,
    needs: [
      ['mental-and-physical-health', 'Help with low mood before it gets worse.'],
      ['good-education', 'A timetable that can be managed.'],
    ],
    section: [
      'health',
      'Seen by the school nurse; no thoughts of self-harm. A referral for emotional wellbeing was talked over and welcomed.',
    ],
    causes: 'It began with the change of school and the loss of a close friend.',
    childSays: 'I am just tired of pretending that I am fine.',
    parentSays: 'I keep asking, and the door stays shut.',
    fatherSays: 'It is a phase; but I will not stand in the way.',
    goal: 'One meal a day together, with no telephones.',
    actions: [
      ['A lighter timetable until Easter', 'In for every lesson on it.'],
      ['Six sessions with the emotional wellbeing service', 'Four of six attended.'],
      ['Supper together on weekdays', 'Four evenings in five.'],
    ],
    circumstances: 'Eats with the family, sees two friends at weekends, and is revising.',
  },
];
