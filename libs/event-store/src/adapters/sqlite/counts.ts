/**
 * How many events each case has and how far each stream has come, counted from the rows themselves as they were checked. What an index leaves out of a
 * history shows against it, at every read. Some hundred bytes a case and eight a stream.
 */
export class Counts {
  readonly #cases = new Map<string, number>();
  readonly #versions: number[] = [];

  take(stream: number, version: number, caseId: string | null): void {
    this.#versions[stream] = version;
    if (caseId !== null) this.#cases.set(caseId, this.ofCase(caseId) + 1);
  }

  ofCase(caseId: string): number {
    return this.#cases.get(caseId) ?? 0;
  }

  versionOf(stream: number): number {
    return this.#versions[stream] ?? 0;
  }
}
