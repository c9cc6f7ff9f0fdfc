import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Actor, Envelope, PolicyInForce, Purpose } from '@waymark/kernel';
import { contextText } from '../checksum.js';
import { damaged } from './damage.js';

/** Who acted, why, and under which policy: few enough that every event of a kind shares one object. */
export interface Context {
  readonly actor: Actor;
  readonly purpose: Purpose;
  readonly policy: PolicyInForce;
}

const none: readonly never[] = [];

/** As it is kept: by a number, and with the text by which a row's checksum covers it. */
export interface Kept extends Context {
  readonly key: number;
  readonly text: string;
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
  readonly contexts = new Map<number, Kept>();
  readonly #typeKeys = new Map<string, number>();
  /** By user: each acts in few roles and for few purposes. Compared field by field, which takes a tenth of joining them to one text. */
  readonly #contextsOf = new Map<string, Kept[]>();
  readonly #addType: StatementSync;
  readonly #addContext: StatementSync;

  constructor(
    private readonly database: DatabaseSync,
    private readonly path: string,
  ) {
    this.#addType = database.prepare('INSERT INTO types (name) VALUES (?)');
    this.#addContext = database.prepare(
      'INSERT INTO contexts (user, role, organisation, purpose, pack, pack_version) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.reload();
  }

  /** Forgets what a transaction that was rolled back may have added. */
  reload(): void {
    for (const map of [this.typeNames, this.contexts, this.#typeKeys, this.#contextsOf]) map.clear();
    for (const row of this.#all('types')) this.#keepType(Number(row['key']), row['name']!);
    for (const row of this.#all('contexts'))
      this.#keepContext(Number(row['key']), {
        actor: { user: row['user'], role: row['role'], organisation: row['organisation'] },
        purpose: row['purpose'],
        policy: { pack: row['pack'], version: row['pack_version'] },
      } as Context);
  }

  /** From the table itself, whatever its index says. */
  #all(table: 'types' | 'contexts'): Record<string, string>[] {
    const rows = this.database.prepare(`SELECT * FROM ${table} NOT INDEXED`).all() as Record<string, string>[];
    for (const { key, ...names } of rows)
      if (Object.values(names).some((name) => typeof name !== 'string'))
        throw damaged(this.path, `${table} number ${key} is not what was written`);
    return rows;
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

  context(envelope: Envelope): Kept {
    const known = this.#kept(envelope);
    if (known) return known;
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

  #keepContext(key: number, context: Context): Kept {
    const kept = Object.freeze({ ...context, key, text: contextText(context) });
    this.contexts.set(key, kept);
    const others = this.#contextsOf.get(context.actor.user);
    if (others) others.push(kept);
    else this.#contextsOf.set(context.actor.user, [kept]);
    return kept;
  }
}
