import { randomUUID } from 'node:crypto';
import { Batcher, sharedAnswer, sideBySide } from '@waymark/async';
import { durable, isDuplicate, type Claims } from '@waymark/mongo';
import type { mongo } from 'mongoose';
import { StaleCheckpoint } from '../../read-model-store.js';
import type { DocumentWriter } from './document-writer.js';
import { placeOf, tables, type CheckpointRow, type Journalled } from './layout.js';

/** A checkpoint whose batch is known to be applied. */
export interface Settled {
  readonly seq: number;
  readonly position: string;
  readonly serving: Readonly<Record<string, string>>;
  /** Where its batch was kept, if not in it. */
  readonly parts: readonly string[];
  /** What of it, and of those before, is not written yet: each batch carries it on until it is. */
  readonly owed: readonly Journalled[];
}

/** So many are carried on at most. Each makes the update of a checkpoint some 200 bytes longer. */
const mostOwed = 16;

/** What a journal that is in pieces is cut into; well below the 16 MiB of a document, whatever stands around it. */
const inlineBytes = 4 * 1024 * 1024;

export interface CheckpointsOptions {
  readonly database: () => mongo.Db;
  readonly claims: Claims;
  readonly documents: DocumentWriter;
}

/** Changes as a batch names them, with the collection that the checkpoint's own generation gives them. */
export type ChangesAt = (
  at: Settled,
  seq: number,
) => Promise<{
  readonly changes: readonly Journalled[];
  /** What is written later, with others of its kind. */
  readonly aside: readonly Journalled[];
}>;

/**
 * Moves checkpoints. The checkpoint's document is the one point at which a batch happens: one update, compared with the number of the batch before,
 * takes the new position and the batch itself. The documents follow. Whoever finds a batch there applies it (again) before he goes on from it, so
 * it does not matter at which moment its writer died, and a writer whose number was passed writes nothing.
 *
 * What this process knows as settled it need not read again: then a batch is one update of the checkpoint and one bulk of documents.
 */
export class Checkpoints {
  private readonly known = new Map<string, Settled>();
  private readonly moving = new Batcher(
    sharedAnswer((moves: readonly Move[]) => this.moved(moves)),
    sideBySide(mostMoves),
  );
  /** What is owed by label, also while a batch is on its way. */
  private readonly owing = new Map<string, readonly Journalled[]>();

  constructor(private readonly options: CheckpointsOptions) {}

  /** Applies what a writer may have left, and tells how far it is. */
  async settle(label: string): Promise<Settled> {
    const { checkpoints, journal } = tables(this.options.database());
    this.known.delete(label);
    const row = await checkpoints.findOne({ _id: label });
    if (!row) return this.know(label, { ...nothingOwed, seq: 0, position: 'start', serving: {} });
    if (row.pending) {
      const parts = 'parts' in row.pending ? row.pending.parts : [];
      const changes = 'parts' in row.pending ? await this.changesIn(label, row, parts) : row.pending.changes;
      if (changes === undefined) return this.settle(label);
      await this.options.documents.apply(label, changes);
      await this.alone(label, () => checkpoints.updateOne({ _id: label, seq: row.seq }, { $unset: { pending: '' } }, durable));
    }
    // What a writer laid out and died before it took effect.
    await journal.deleteMany({ kind: 'part', label, seq: { $lte: row.seq } });
    return this.know(label, { ...nothingOwed, seq: row.seq, position: row.position, serving: row.serving ?? {} });
  }

  /** @throws StaleCheckpoint when the checkpoint is not at `after`, or moved since this process looked */
  async move(label: string, step: { readonly after: string; readonly position: string }, changesAt: ChangesAt): Promise<void> {
    const at = this.known.get(label) ?? (await this.settle(label));
    // Until this is done nothing is known: an answer may be lost.
    this.known.delete(label);
    if (at.position !== step.after) throw new StaleCheckpoint(`${label} is not at ${step.after}`);
    const seq = at.seq + 1;
    const { written, owed } = shared(at.owed, await changesAt(at, seq));
    const { parts, pending } = await this.laidOut(label, seq, [...owed, ...written]);
    if (!(await this.taken(label, at.seq, { seq, position: step.position, ...(pending ? { pending } : {}) }))) {
      await this.forget(parts);
      throw new StaleCheckpoint(`${label} is not at ${step.after} any more`);
    }
    await this.options.documents.apply(label, written);
    await this.forget(at.parts);
    this.know(label, { seq, position: step.position, serving: at.serving, parts, owed });
  }

  /** Writes what this process owes to a collection, before it is read here. Once more than needed does no harm. @param name as declared */
  async flushCollection(name: string): Promise<void> {
    for (const [label, owed] of this.owing) {
      const asked = owed.filter((change) => change.in === name);
      if (asked.length === 0) continue;
      await this.options.documents.apply(label, asked);
      if (this.owing.get(label) === owed)
        this.owing.set(
          label,
          owed.filter((change) => change.in !== name),
        );
    }
  }

  /** Every update of a checkpoint's document goes this way. */
  alone<T>(label: string, work: () => Promise<T>): Promise<T> {
    return this.options.claims.alone(`checkpoint ${label}`, work);
  }

  /** What a swap has made of it. */
  know(label: string, settled: Settled): Settled {
    this.known.set(label, settled);
    if (settled.owed.length > 0) this.owing.set(label, settled.owed);
    else this.owing.delete(label);
    return settled;
  }

  private async taken(label: string, before: number, next: Omit<CheckpointRow, '_id'>): Promise<boolean> {
    if (before === 0 && !label.includes('#') && (await this.first(label, next))) return true;
    const by = randomUUID();
    const taken = await this.alone(label, () => this.moving.add([{ label, before, next: { ...next, by } }]));
    return taken.has(by);
  }

  /** @returns those of the moves that were made, by their marks */
  private async moved(moves: readonly Move[]): Promise<ReadonlySet<string>> {
    const { checkpoints } = tables(this.options.database());
    const { matchedCount } = await checkpoints.bulkWrite(
      moves.map(({ label, before, next }) => ({
        updateOne: { filter: { _id: label, seq: before }, update: { $set: next, ...(next.pending ? {} : { $unset: { pending: '' } }) } },
      })),
      { ordered: false, ...durable },
    );
    if (matchedCount === moves.length) return new Set(moves.map(({ next }) => next.by));
    if (matchedCount === 0) return new Set();
    // The server says only how many. One that somebody has gone on from meanwhile counts as not made, like one whose answer was lost.
    const now = await checkpoints.find({ _id: { $in: moves.map(({ label }) => label) } }, { projection: { by: 1 } }).toArray();
    return new Set(now.flatMap(({ by }) => by ?? []));
  }

  private async first(label: string, next: Omit<CheckpointRow, '_id'>): Promise<boolean> {
    try {
      await tables(this.options.database()).checkpoints.insertOne({ _id: label, ...next }, durable);
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  /** A batch too large for one document lies in parts before it happens; the checkpoint then names them. */
  private async laidOut(label: string, seq: number, changes: readonly Journalled[]) {
    const groups = partsOf(changes);
    const [only] = groups;
    if (groups.length <= 1) return { parts: [], pending: only && { changes: only } };
    const token = randomUUID();
    const parts: string[] = [];
    for (const [i, group] of groups.entries()) {
      const _id = `${label} ${token} ${i}`;
      await tables(this.options.database()).journal.insertOne({ _id, kind: 'part', label, seq, changes: group }, durable);
      parts.push(_id);
    }
    return { parts, pending: { parts } };
  }

  private async forget(parts: readonly string[]): Promise<void> {
    if (parts.length > 0) await tables(this.options.database()).journal.deleteMany({ _id: { $in: [...parts] } });
  }

  /** @returns undefined when the checkpoint has moved on meanwhile, and its parts are gone with good reason */
  private async changesIn(label: string, row: CheckpointRow, parts: readonly string[]): Promise<readonly Journalled[] | undefined> {
    const { journal, checkpoints } = tables(this.options.database());
    const changes: Journalled[] = [];
    for (const _id of parts) {
      const part = await journal.findOne({ _id });
      if (!part) {
        const now = await checkpoints.findOne({ _id: label }, { projection: { seq: 1, pending: 1 } });
        if (now?.seq !== row.seq || !now.pending) return undefined;
        throw new Error(`a part of the batch of ${label} is missing: rebuild its projection`);
      }
      changes.push(...(part.changes ?? []));
    }
    return changes;
  }
}

interface Move {
  readonly label: string;
  readonly before: number;
  readonly next: Omit<CheckpointRow, '_id'> & { readonly by: string };
}

/** Each may bring a batch of some megabytes, and a request holds 48 of them. */
const mostMoves = 8;

const nothingOwed = { parts: [], owed: [] };

/** What of a batch is written with it, and what is carried on. Of several changes of a document the last one stays. */
const shared = (before: readonly Journalled[], { changes, aside }: Awaited<ReturnType<ChangesAt>>) => {
  const written = new Map(changes.map((change) => [placeOf(change), change]));
  const owed = new Map(before.filter((change) => !written.has(placeOf(change))).map((change) => [placeOf(change), change]));
  for (const change of aside) (written.has(placeOf(change)) ? written : owed).set(placeOf(change), change);
  if (owed.size <= mostOwed) return { written: [...written.values()], owed: [...owed.values()] };
  return { written: [...owed.values(), ...written.values()], owed: [] };
};

const partsOf = (changes: readonly Journalled[]): readonly (readonly Journalled[])[] => {
  const groups: Journalled[][] = [];
  let bytes = Infinity;
  for (const change of changes) {
    const size = 200 + Buffer.byteLength(change.body ?? '');
    if (bytes + size > inlineBytes) {
      groups.push([]);
      bytes = 0;
    }
    bytes += size;
    groups.at(-1)?.push(change);
  }
  return groups;
};
