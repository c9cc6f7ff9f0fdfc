import { KeysUnusable, type KeyStore } from '@waymark/keys';

/**
 * Subjects whose sealed values were found in the event log, and whose key is missing: the keys may be older than the event log. Making a new key would put
 * two keys under one name, and what is sealed under the second would be lost once the right keys are back in place.
 */
export class LostKeys {
  readonly #subjects = new Set<string>();

  constructor(private readonly keys: KeyStore) {}

  note(subject: string): void {
    this.#subjects.add(subject);
  }

  /** Called before keys are made. @throws KeysUnusable unless the keys were put back meanwhile */
  async assertNone(subjects: readonly string[]): Promise<void> {
    for (const subject of subjects) {
      if (!this.#subjects.has(subject)) continue;
      if ((await this.keys.find(subject)) === undefined) throw new KeysUnusable(wordsFor(subject));
      this.#subjects.delete(subject);
    }
  }
}

const wordsFor = (subject: string): string =>
  `the event log holds values sealed for subject ${subject}, whose key is not among the keys: they may be older than the event log, or of another one. ` +
  'No new key was made. Put the keys back from their newest backup.';
