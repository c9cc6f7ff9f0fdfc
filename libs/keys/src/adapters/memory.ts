import { createHash } from 'node:crypto';
import { DESTROYED, KeysUnavailable, type DataKey, type Destroyed, type KeyStore, type RandomBytes, type SubjectId } from '../key-store.js';
import { newestOf, ofGeneration, type Generations } from './generations.js';

/** Keys that live as long as the process, for tests and simulations. */
export const memoryKeyStore = (random: RandomBytes): KeyStore => new MemoryKeyStore(random);

class MemoryKeyStore implements KeyStore {
  readonly id: string;
  readonly #random: RandomBytes;
  readonly #keys = new Map<SubjectId, Generations>();
  #closed = false;

  constructor(random: RandomBytes) {
    this.#random = random;
    this.id = createHash('sha256').update(random(32)).digest('hex').slice(0, 32);
  }

  peek(subject: SubjectId, generation?: number): DataKey | Destroyed | undefined {
    return ofGeneration(this.#keys.get(subject), generation);
  }

  async find(subject: SubjectId, generation?: number): Promise<DataKey | Destroyed | undefined> {
    this.#assertOpen();
    return this.peek(subject, generation);
  }

  async provide(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, DataKey | Destroyed>> {
    this.#assertOpen();
    return new Map(subjects.map((subject) => [subject, this.peek(subject) ?? this.#make(subject)]));
  }

  async replace(subject: SubjectId): Promise<DataKey | Destroyed | undefined> {
    this.#assertOpen();
    const held = this.#keys.get(subject);
    if (held === undefined || held === DESTROYED) return held;
    const key = { subject, generation: newestOf(held).generation + 1, bytes: this.#random(32) };
    this.#keys.set(subject, [...held, key]);
    return key;
  }

  async destroy(subject: SubjectId): Promise<void> {
    this.#assertOpen();
    this.#keys.set(subject, DESTROYED);
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #make(subject: SubjectId): DataKey {
    const key = { subject, generation: 1, bytes: this.#random(32) };
    this.#keys.set(subject, [key]);
    return key;
  }

  #assertOpen(): void {
    if (this.#closed) throw new KeysUnavailable('the keys are closed', 'closed');
  }
}
