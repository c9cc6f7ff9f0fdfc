import type { OrganisationId, PersonId } from '@waymark/kernel';
import { idOf } from '@waymark/testing';

/** Moments of the model are whole numbers from 0 to here. */
export const lastMoment = 40;

export const persons = ['leila', 'karim', 'amir'].map((name) => idOf<PersonId>(name));
export const agencies = ['school', 'health', 'housing'] as OrganisationId[];
export const purposes = ['take-part-in-early-help', 'targeted-support-request'];
export const consents = ['first', 'second', 'third'].map((name) => idOf(name));

/** What a family may do, as a practitioner would enter it, one after another. */
export type Entry =
  | {
      readonly what: 'give';
      readonly consent: number;
      readonly purpose: string;
      readonly covers: readonly PersonId[];
      readonly agencies: readonly OrganisationId[];
      readonly from: number;
      readonly until: number | null;
    }
  | {
      readonly what: 'withdraw' | 'suspend';
      readonly consent: number;
      readonly agencies: readonly OrganisationId[] | null;
      /** It may be entered late: others were entered before it that happened after it. */
      readonly at: number;
    }
  | { readonly what: 'refuse'; readonly purpose: string }
  | {
      readonly what: 'decide-to-share';
      readonly about: readonly PersonId[];
      readonly agencies: readonly OrganisationId[];
      readonly from: number;
      readonly until: number | null;
    };

export interface Question {
  readonly person: PersonId | null;
  readonly organisation: OrganisationId | null;
  readonly purpose: string;
  readonly action: 'read' | 'write' | 'plan' | 'share';
  readonly at: number;
}

/**
 * The rules once more, with no interval in it: a table of moments. In each cell stand the givings of a consent that hold for an agency at that moment. A giving
 * is written into the cells from its beginning to its end, and rubs out what stood there at its beginning, from there on (CON-03: renewed). A withdrawal rubs
 * out, from its moment on, what stands in the cell of its moment (CON-13); what was given for later stands nowhere there, and stays.
 */
export class Model {
  readonly #cells = new Map<string, Set<number>>();
  readonly #said = new Map<number, { readonly purpose: string; readonly covers: readonly PersonId[] }>();
  readonly #decisions: Extract<Entry, { what: 'decide-to-share' }>[] = [];
  #givings = 0;

  take(entry: Entry): void {
    if (entry.what === 'refuse') return;
    if (entry.what === 'decide-to-share') this.#decisions.push(entry);
    else if (entry.what === 'give') this.#give(entry);
    else for (const agency of entry.agencies ?? agencies) this.#rubOut(entry.consent, agency, entry.at);
  }

  #give(entry: Extract<Entry, { what: 'give' }>): void {
    this.#said.set(entry.consent, { purpose: entry.purpose, covers: entry.covers });
    for (const agency of entry.agencies) {
      this.#rubOut(entry.consent, agency, entry.from);
      this.#givings += 1;
      for (let at = entry.from; at < (entry.until ?? lastMoment + 1); at += 1) this.#cell(entry.consent, agency, at).add(this.#givings);
    }
  }

  may({ person, organisation, purpose, action, at }: Question): boolean {
    const asked = organisation === null ? agencies : [organisation];
    const consented = [...this.#said].some(
      ([consent, said]) =>
        said.purpose === purpose &&
        (person === null || said.covers.includes(person)) &&
        asked.some((agency) => this.#cell(consent, agency, at).size > 0),
    );
    // CON-19: a decision is about people, with agencies; where either is not named it says nothing.
    const decided = this.#decisions.some(
      ({ from, until, about, agencies: recipients }) =>
        from <= at &&
        at < (until ?? Infinity) &&
        about.some((one) => one === person) &&
        recipients.some((agency) => agency === organisation),
    );
    return consented || (action === 'share' && decided);
  }

  #cell(consent: number, agency: OrganisationId, at: number): Set<number> {
    const key = `${consent} ${agency} ${at}`;
    const cell = this.#cells.get(key) ?? new Set<number>();
    this.#cells.set(key, cell);
    return cell;
  }

  #rubOut(consent: number, agency: OrganisationId, from: number): void {
    const standing = [...this.#cell(consent, agency, from)];
    for (let at = from; at <= lastMoment; at += 1) for (const giving of standing) this.#cell(consent, agency, at).delete(giving);
  }
}
