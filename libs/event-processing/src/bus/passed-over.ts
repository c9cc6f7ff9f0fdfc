import type { AnyContract } from '@waymark/kernel';
import type { PassedOverBecause, PassedOverType } from '../core/reaction.js';

/** So many types are told apart; whoever else writes to the topic may invent more. */
const mostTypes = 50;
const others = 'other types';

const withoutVersion = (type: string): string => type.replace(/\.v\d+$/, '');

/** Counts what a consumer passes over without knowing it: a contract that a later build publishes, or a version that this one does not know. */
export class PassedOver {
  private readonly known: ReadonlySet<string>;
  private readonly knownNames: ReadonlySet<string>;
  private readonly counted = new Map<string, PassedOverType>();

  /** @param onFirst told of each type once */
  constructor(
    { handles, ignores = [] }: { readonly handles: readonly AnyContract[]; readonly ignores?: readonly AnyContract[] },
    private readonly onFirst: (type: string, because: PassedOverBecause) => void = () => undefined,
  ) {
    const types = [...handles, ...ignores].map(({ type }) => String(type));
    this.known = new Set(types);
    this.knownNames = new Set(types.map(withoutVersion));
  }

  note(type: string): void {
    if (this.known.has(type)) return;
    const because = this.knownNames.has(withoutVersion(type)) ? 'unknown-version' : 'unknown-type';
    const name = this.counted.has(type) || this.counted.size < mostTypes ? type : others;
    const before = this.counted.get(name);
    if (!before) this.onFirst(name, because);
    this.counted.set(name, { type: name, because, messages: (before?.messages ?? 0) + 1 });
  }

  list(): readonly PassedOverType[] {
    return [...this.counted.values()];
  }
}
