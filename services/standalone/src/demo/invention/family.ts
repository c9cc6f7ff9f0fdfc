import type { Authority } from '@waymark/policy';
import { children, fathers, grandmothers, mothers, surnames } from './names.js';
import type { Chance } from './random.js';
import { themes, type Theme } from './themes.js';

/** A professional who works with the family. */
export interface Colleague {
  readonly user: string;
  readonly organisation: string;
  readonly name: string;
}

/** Those who hold an office in an authority, and those who may lead a case there. */
export interface Workforce {
  readonly triage: Colleague;
  readonly hub: Colleague;
  readonly targetedSupport: Colleague;
  readonly health: Colleague;
  readonly housing: Colleague;
  readonly nursery: Colleague;
  readonly primary: readonly Colleague[];
  readonly secondary: readonly Colleague[];
}

const colleague = (user: string, organisation: string, name: string): Colleague => ({ user, organisation, name });

export const workforces: Readonly<Record<Authority, Workforce>> = {
  peterborough: {
    triage: colleague('tariq', 'mash', 'Tariq Aziz'),
    hub: colleague('hana', 'early-help-hub', 'Hana Svoboda'),
    targetedSupport: colleague('tess', 'targeted-support', 'Tess Obi'),
    health: colleague('vera', 'city-health', 'Vera Lindqvist'),
    housing: colleague('piotr', 'fen-homes', 'Piotr Lis'),
    nursery: colleague('grace', 'orton-childrens-centre', 'Grace Addo'),
    primary: [colleague('dana', 'fenbank-primary', 'Dana Reyes'), colleague('colin', 'westwood-primary', 'Colin Marsh')],
    secondary: [colleague('omar', 'nene-academy', 'Omar Farouk')],
  },
  cambridgeshire: {
    triage: colleague('marek', 'county-mash', 'Marek Dudek'),
    hub: colleague('ruth', 'county-early-help-hub', 'Ruth Ellery'),
    targetedSupport: colleague('sanjay', 'district-early-help-team', 'Sanjay Rao'),
    health: colleague('nadia', 'county-health', 'Nadia Haq'),
    housing: colleague('bridget', 'isle-housing', 'Bridget Shaw'),
    nursery: colleague('lucy', 'march-childrens-centre', 'Lucy Tran'),
    primary: [colleague('joanna', 'isle-primary', 'Joanna Wright')],
    secondary: [colleague('femi', 'granta-college', 'Femi Bello')],
  },
};

/** An invented family, before anything has happened. */
export interface Family {
  readonly child: { readonly name: string; readonly age: number; readonly dateOfBirth: string };
  readonly mother: string;
  readonly father: string;
  readonly fatherBorn: string;
  /** Somebody of the family's own network. */
  readonly grandmother: string;
  readonly theme: Theme;
  /** Who makes the contact, and leads where help follows. */
  readonly lead: Colleague;
}

interface Wanted {
  readonly authority: Authority;
  /** The youngest and the oldest that the child may be. */
  readonly ages: readonly [number, number];
  /** The child's age is counted from here. */
  readonly year: number;
}

export const inventFamily = (chance: Chance, { authority, ages, year }: Wanted): Family => {
  const [youngest, oldest] = ages;
  const theme = chance.oneOf(themes.filter((candidate) => candidate.ages[0] <= oldest && candidate.ages[1] >= youngest));
  const age = chance.between(Math.max(youngest, theme.ages[0]), Math.min(oldest, theme.ages[1]));
  const surname = chance.oneOf(surnames);
  const dateOfBirth = `${year - age - 1}-${twoDigits(chance.between(1, 12))}-${twoDigits(chance.between(1, 28))}`;
  return {
    child: { name: `${chance.oneOf(children)} ${surname}`, age, dateOfBirth },
    mother: `${chance.oneOf(mothers)} ${surname}`,
    father: `${chance.oneOf(fathers)} ${surname}`,
    fatherBorn: `${year - age - 29}-${dateOfBirth.slice(5)}`,
    grandmother: `${chance.oneOf(grandmothers)} ${surname}`,
    theme,
    lead: leadFor(age, workforces[authority], chance),
  };
};

const leadFor = (age: number, { nursery, primary, secondary }: Workforce, chance: Chance): Colleague => {
  if (age < 5) return nursery;
  return chance.oneOf(age < 11 ? primary : secondary);
};

const twoDigits = (number: number): string => String(number).padStart(2, '0');
