import { fitOf, type AnyContract, type PublishedOf, type CompiledCheck } from '@waymark/kernel';
import type { Delivery, Message } from '@waymark/messaging';
import { ReactionFailure } from '../core/failure.js';
import type { Source } from '../core/batch-processor.js';
import { PassedOver } from './passed-over.js';

export type MessageOf<C extends AnyContract> = C extends AnyContract
  ? PublishedOf<C> extends { type: infer T; data: infer D }
    ? Omit<Message, 'type' | 'data'> & { readonly type: T; readonly data: D }
    : never
  : never;

/** What a consumer takes of its topics. */
export interface Taking<C extends AnyContract = AnyContract> {
  readonly handles: readonly C[];
  /** Types on the same topics that are known and do not concern it. Any other type is passed over too, and counted: somebody may have to know it. */
  readonly ignores?: readonly AnyContract[];
}

/** Reads messages as their contracts say, each once: whether one is usable is asked first, and what it says later. */
export class ContractReader<C extends AnyContract> {
  readonly topics: readonly string[];
  private readonly contracts: ReadonlyMap<string, { readonly schema: C['schema']; readonly fits: CompiledCheck }>;
  /** The data of those messages at hand whose contract makes something else of it: fields that came later are left out. */
  private readonly read = new Map<Message, unknown>();

  constructor(
    private readonly consumer: string,
    { handles, ignores = [] }: Taking<C>,
    private readonly passedOver: Pick<PassedOver, 'note'> = new PassedOver({ handles, ignores }),
  ) {
    this.topics = [...new Set([...handles, ...ignores].map(({ topic }) => topic))];
    this.contracts = new Map(handles.map(({ type, schema }) => [String(type), { schema, fits: fitOf(schema) }]));
  }

  /** Whether it is not for this consumer. Noted where nobody here knows the type. */
  passesOver({ type }: Message): boolean {
    if (this.contracts.has(type)) return false;
    this.passedOver.note(type);
    return true;
  }

  unusable(message: Message): ReturnType<Source<Delivery>['unusable']> {
    const { type } = message;
    const contract = this.contracts.get(type);
    // Passed over before, when it arrived or when its letter is looked at.
    if (!contract) throw new ReactionFailure(`${this.consumer} does not take ${type}`);
    if (contract.fits(message.data)) return undefined;
    const result = contract.schema.safeParse(message.data);
    if (result.success) {
      this.read.set(message, result.data);
      return undefined;
    }
    const fields = [...new Set(result.error.issues.map(({ path }) => path.join('.') || 'data'))].join(', ');
    return { because: 'unknown', error: 'UnknownShape', message: `${type}: ${fields} is not as this deployment knows the contract` };
  }

  /** As it was read when it was found usable. */
  typed(message: Message): MessageOf<C> {
    const read = this.read.has(message) ? { ...message, data: this.read.get(message) } : message;
    return read as unknown as MessageOf<C>;
  }

  /** Those at hand are done with, or begun again. */
  forget(): void {
    this.read.clear();
  }
}
