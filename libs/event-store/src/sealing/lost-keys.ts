import { KeysUnusable, type KeyStore } from '@waymark/keys';

/**
 * Subjects of whom the record was seen to hold sealed values, and whose key is not among the keys: those may be older than the record. To make such a key
 * would put two keys under one name, and what is sealed under the second would be lost with the right keys back in place.
 */
export class LostKeys {
  readonly #subjects = new Set<string>();

  constructor(private readonly keys: KeyStore) {}

  note(subject: string): void {
    this.#subjects.add(subject);
  }

  /** Asked before keys are made. @throws KeysUnusable unless the keys were put back meanwhile */
  async assertNone(subjects: readonly string[]): Promise<void> {
    for (const subject of subjects) {
      if (!this.#subjects.has(subject)) continue;
      if ((await this.keys.find(subject)) === undefined) throw new KeysUnusable(wordsFor(subject));
      this.#subjects.delete(subject);
    }
  }
}

const wordsFor = (subject: string): string =>
  `the record holds values sealed for subject ${subject}, whose key is not among the keys: they may be older than the record, or of another one. ` +
  'No new key was made. Put the keys back from their newest backup.';
