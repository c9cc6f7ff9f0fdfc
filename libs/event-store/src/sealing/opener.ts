import { DESTROYED, KeysUnusable, type DataKey, type Destroyed, type KeyStore } from '@waymark/keys';
import type { StoredEvent } from '../event-log.js';
import { UnreadableEvent, type Recorded } from '../event-store.js';
import type { EventCatalogue, StoredType } from './catalogue.js';
import { flawIn, generationOf, type SealedEntry } from './entries.js';
import type { LostKeys } from './lost-keys.js';
import { sealedField } from './plan.js';
import { mergeSealed, mergeErased } from './merge-sealed.js';
import { Unopenable } from './cipher.js';
import { unsealEntry } from './unsealing.js';

type Data = Record<string, unknown>;
type Wanted = ReadonlySet<string>;
/** The subject has keys, but none of the requested generation. */
const noGeneration = Symbol('no such generation');
type Found = DataKey | Destroyed | typeof noGeneration | undefined;
/** By subject and generation. */
type FoundKeys = ReadonlyMap<string, Found>;
const nameOf = (entry: SealedEntry): string => `${generationOf(entry)} ${entry.s}`;

/** A stored event whose text was parsed, with what is still under seal. */
class Parsed {
  constructor(
    readonly event: StoredEvent,
    readonly known: StoredType,
    readonly data: Data,
    readonly entries: readonly SealedEntry[],
  ) {}
}

/** Makes stored events readable, or says of each why it is not. */
export class Opener {
  constructor(
    private readonly catalogue: EventCatalogue,
    private readonly keys: KeyStore,
    private readonly lost: LostKeys,
  ) {}

  /**
   * Answers at once when every key is at hand; keys that are not are looked up together for the whole page.
   * @param wanted the types whose sealed fields are opened; all when it is left out
   */
  open(page: readonly StoredEvent[], wanted?: Wanted): (Recorded | UnreadableEvent)[] | Promise<(Recorded | UnreadableEvent)[]> {
    const parsed = page.map((event) => this.#parse(event, wanted));
    const missing = this.#missing(parsed);
    if (missing) return this.#lookUp(missing).then((found) => parsed.map((one) => this.#finish(one, found)));
    return parsed.map((one) => this.#finish(one, undefined));
  }

  /** An event in which nothing has to be opened is done with here. */
  #parse(event: StoredEvent, wanted: Wanted | undefined): Parsed | Recorded | UnreadableEvent {
    const known = this.catalogue.stored(event.type);
    if (!known) return unreadable(event, 'this deployment does not know its type');
    let data: Data;
    try {
      data = JSON.parse(event.data) as Data;
    } catch (error) {
      return unreadable(event, 'its data does not parse', error);
    }
    if (typeof data !== 'object' || data === null) return unreadable(event, 'its data is not an object');
    const entries = data[sealedField];
    if (entries === undefined) return readable(event, known, data);
    delete data[sealedField];
    if (!isWanted(known, wanted)) return readable(event, known, data);
    const flaw = flawIn(entries, known.plan);
    return flaw === undefined ? new Parsed(event, known, data, entries as readonly SealedEntry[]) : unreadable(event, flaw);
  }

  #missing(parsed: readonly (Parsed | Recorded | UnreadableEvent)[]): Map<string, SealedEntry> | undefined {
    let missing: Map<string, SealedEntry> | undefined;
    for (const one of parsed) {
      if (!(one instanceof Parsed)) continue;
      for (const entry of one.entries) if (this.#peek(entry) === undefined) (missing ??= new Map()).set(nameOf(entry), entry);
    }
    return missing;
  }

  #peek(entry: SealedEntry): DataKey | Destroyed | undefined {
    return this.keys.peek(entry.s, generationOf(entry));
  }

  async #lookUp(missing: ReadonlyMap<string, SealedEntry>): Promise<FoundKeys> {
    return new Map(await Promise.all([...missing].map(async ([name, entry]) => [name, await this.#find(entry)] as const)));
  }

  async #find(entry: SealedEntry): Promise<Found> {
    const key = await this.keys.find(entry.s, generationOf(entry));
    if (key ?? (await this.keys.find(entry.s))) return key ?? noGeneration;
    this.lost.note(entry.s);
    return undefined;
  }

  #finish(one: Parsed | Recorded | UnreadableEvent, found: FoundKeys | undefined): Recorded | UnreadableEvent {
    if (!(one instanceof Parsed)) return one;
    for (const entry of one.entries) {
      const problem = this.#putEntry(one, entry, this.#peek(entry) ?? found?.get(nameOf(entry)));
      if (problem) return problem;
    }
    return readable(one.event, one.known, one.data);
  }

  #putEntry({ event, known, data }: Parsed, entry: SealedEntry, key: Found): UnreadableEvent | undefined {
    if (key === undefined) return unreadable(event, noKey, new KeysUnusable(`no key was ever made for subject ${entry.s}`));
    if (key === noGeneration)
      return unreadable(event, `it is sealed under generation ${generationOf(entry)} of its subject's key, ${notHere}`);
    try {
      if (key === DESTROYED) mergeErased(known.plan, data, entry, event.caseId);
      else unsealEntry(event, key, entry, (at, value) => mergeSealed(data, at, value));
      return undefined;
    } catch (error) {
      return unreadable(event, `what is sealed in it does not open: ${wordsOf(error)}`, error);
    }
  }
}

/** An error of the program itself could repeat what is sealed, so its message is not used. */
const wordsOf = (error: unknown): string => (error instanceof Unopenable ? error.message : 'it does not fit into the event');

/** The data as the newest version of its type has it. */
const readable = (event: StoredEvent, { newest, steps }: StoredType, told: Data): Recorded | UnreadableEvent => {
  if (steps.length === 0) return recorded(event, newest, told);
  try {
    let data: unknown = told;
    for (const step of steps) data = step(data as never);
    return recorded(event, newest, data);
  } catch (error) {
    return unreadable(event, `it does not read as ${newest}`, error);
  }
};

/** What brings an earlier type up to the newest may look at all of it. */
const isWanted = ({ newest, steps }: StoredType, wanted: Wanted | undefined): boolean =>
  wanted === undefined || wanted.has(newest) || steps.length > 0;

const notHere = 'which is not among the keys; they may be older than the event log';
const noKey = 'it is sealed under a key that is not among the keys; the folder of keys may be older than the event log or of another one';

const unreadable = (event: StoredEvent, why: string, cause?: unknown): UnreadableEvent => {
  const { stream, version, position, type, caseId, recordedAt } = event;
  return new UnreadableEvent(
    `${type} at ${stream} version ${version} (position ${position}) cannot be read: ${why}`,
    { stream, version, position, type, caseId, recordedAt },
    { cause },
  );
};

const recorded = (event: StoredEvent, type: string, data: unknown): Recorded => ({
  id: event.id,
  type,
  stream: event.stream,
  version: event.version,
  position: event.position,
  caseId: event.caseId,
  occurredAt: event.occurredAt,
  recordedAt: event.recordedAt,
  actor: event.actor,
  purpose: event.purpose,
  policy: event.policy,
  commandId: event.commandId,
  correlationId: event.correlationId,
  causationId: event.causationId,
  data,
});
