/** One thing for each key, made when the key is first asked for, and kept. For keys of which there are few: topics, collections, partitions. */
export class PerKey<T> {
  readonly #made = new Map<string, T>();

  constructor(private readonly make: (key: string) => T) {}

  of(key: string): T {
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const made = this.make(key);
    this.#made.set(key, made);
    return made;
  }
}
