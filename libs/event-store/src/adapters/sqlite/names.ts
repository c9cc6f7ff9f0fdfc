import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Actor, Envelope, Instant, PolicyInForce, Purpose, StreamName } from '@waymark/kernel';
import { BoundedMap } from '../../bounded-map.js';

/** Who acted, why, and under which policy: few enough that every event of a kind shares one object. */
export interface Context {
  readonly actor: Actor;
  readonly purpose: Purpose;
  readonly policy: PolicyInForce;
}

export interface StreamHead {
  readonly key: number;
  version: number;
  /** When its newest event was recorded; '' when it has none. */
  recordedAt: Instant | '';
}

/** Streams whose newest version is kept in memory. This process alone writes the file, so what is kept here is right. */
const keptHeads = 50_000;

/** That there is no such stream is worth keeping too: what begins one looks first, and appends next. */
const absent: StreamHead = { key: 0, version: 0, recordedAt: '' };

const none: readonly never[] = [];

interface Kept extends Context {
  readonly key: number;
}

const isThis = (kept: Context, { actor, purpose, policy }: Context): boolean =>
  kept.actor.role === actor.role &&
  kept.actor.organisation === actor.organisation &&
  kept.purpose === purpose &&
  kept.policy.version === policy.version &&
  kept.policy.pack === policy.pack;

/** The names that stand as integers in the events, in memory as far as they are few. */
export class Names {
  readonly typeNames = new Map<number, string>();
  readonly contexts = new Map<number, Context>();
  readonly #typeKeys = new Map<string, number>();
  /** By user: each acts in few roles and for few purposes. Compared field by field, which takes a tenth of joining them to one text. */
  readonly #contextsOf = new Map<string, Kept[]>();
  readonly #heads = new BoundedMap<StreamName, StreamHead>(keptHeads);
  readonly #findHead: StatementSync;
  readonly #addStream: StatementSync;
  readonly #addType: StatementSync;
  readonly #addContext: StatementSync;

  constructor(private readonly database: DatabaseSync) {
    this.#findHead = database.prepare(
      `SELECT s.key, coalesce(e.version, 0) AS version, coalesce(e.recorded_at, '') AS recordedAt
       FROM streams s LEFT JOIN events e ON e.stream = s.key AND e.version = (SELECT max(version) FROM events WHERE stream = s.key)
       WHERE s.name = ?`,
    );
    this.#addStream = database.prepare('INSERT INTO streams (name) VALUES (?)');
    this.#addType = database.prepare('INSERT INTO types (name) VALUES (?)');
    this.#addContext = database.prepare(
      'INSERT INTO contexts (user, role, organisation, purpose, pack, pack_version) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.reload();
  }

  /** Forgets what a transaction that was rolled back may have added. */
  reload(): void {
    for (const map of [this.typeNames, this.contexts, this.#typeKeys, this.#contextsOf, this.#heads]) map.clear();
    for (const { key, name } of this.database.prepare('SELECT key, name FROM types').all() as { key: number; name: string }[])
      this.#keepType(key, name);
    for (const row of this.database.prepare('SELECT * FROM contexts').all() as Record<string, string>[])
      this.#keepContext(Number(row['key']), {
        actor: { user: row['user'], role: row['role'], organisation: row['organisation'] },
        purpose: row['purpose'],
        policy: { pack: row['pack'], version: row['pack_version'] },
      } as Context);
  }

  head(stream: StreamName): StreamHead | undefined {
    const known = this.#heads.get(stream);
    if (known) return known === absent ? undefined : known;
    const row = this.#findHead.get(stream) as StreamHead | undefined;
    const head = row ? { ...row } : absent;
    this.#heads.set(stream, head);
    return head === absent ? undefined : head;
  }

  newStream(stream: StreamName): StreamHead {
    const head: StreamHead = { key: Number(this.#addStream.run(stream).lastInsertRowid), version: 0, recordedAt: '' };
    this.#heads.set(stream, head);
    return head;
  }

  typeKey(name: string): number {
    return this.#typeKeys.get(name) ?? this.#keepType(Number(this.#addType.run(name).lastInsertRowid), name);
  }

  /** The keys of all types that begin with one of the prefixes. */
  typesUnder(prefixes: readonly string[]): number[] {
    return [...this.typeNames].filter(([, name]) => prefixes.some((prefix) => name.startsWith(prefix))).map(([key]) => key);
  }

  /** Whether an event's type and context have their keys already. */
  knows(event: Envelope & { readonly type: string }): boolean {
    return this.#typeKeys.has(event.type) && this.#kept(event) !== undefined;
  }

  contextKey(envelope: Envelope): number {
    const known = this.#kept(envelope);
    if (known) return known.key;
    const { actor, purpose, policy } = envelope;
    const { lastInsertRowid } = this.#addContext.run(actor.user, actor.role, actor.organisation, purpose, policy.pack, policy.version);
    return this.#keepContext(Number(lastInsertRowid), {
      actor: { user: actor.user, role: actor.role, organisation: actor.organisation },
      purpose,
      policy: { pack: policy.pack, version: policy.version },
    });
  }

  #kept(context: Context): Kept | undefined {
    for (const kept of this.#contextsOf.get(context.actor.user) ?? none) if (isThis(kept, context)) return kept;
    return undefined;
  }

  #keepType(key: number, name: string): number {
    this.typeNames.set(key, name);
    this.#typeKeys.set(name, key);
    return key;
  }

  #keepContext(key: number, context: Context): number {
    this.contexts.set(key, Object.freeze(context));
    const others = this.#contextsOf.get(context.actor.user);
    if (others) others.push({ ...context, key });
    else this.#contextsOf.set(context.actor.user, [{ ...context, key }]);
    return key;
  }
}
