import type { Bus, Delivery, Message } from '@waymark/messaging';
import type { DeadLetter } from '../core/dead-letter.js';
import type { Fence } from './fence.js';
import type { Inbox } from './inbox.js';
import type { ProcessorStore, Source } from '../core/batch-processor.js';

export interface BusSourceOptions {
  readonly consumer: string;
  readonly bus: Pick<Bus, 'reportDead'>;
  readonly store: ProcessorStore;
  readonly inbox: Inbox;
  readonly fence: Fence;
  readonly passesOver: (message: Message) => boolean;
  readonly unusable: (message: Message) => ReturnType<Source<Delivery>['unusable']>;
}

/** A partition of the bus as a source of a processor: which messages were taken is written with the documents, behind the partition's fence. */
export class BusSource implements Source<Delivery> {
  constructor(private readonly options: BusSourceOptions) {}

  readonly keyOf = ({ message }: Delivery): string => message.key;
  // Sources share one store, so its order is a common one wherever they meet in a case; messages of one event lie on the bus in their order.
  readonly orderOf = ({ message: { position, source }, offset }: Delivery): string => `${position} ${source} ${offset}`;
  readonly typeOf = ({ message }: Delivery): string => message.type;
  readonly passesOver = ({ message }: Delivery) => this.options.passesOver(message);
  readonly unusable = ({ message }: Delivery) => this.options.unusable(message);
  readonly originOf = ({ message, topic, offset }: Delivery): DeadLetter['origin'] => ({ message, topic, offset });

  // Letters of an earlier build do not say where their message lies.
  readonly recall = async (origin: DeadLetter['origin']): Promise<Delivery> =>
    ({ topic: '', offset: '', ...origin }) as unknown as Delivery;

  readonly parking: NonNullable<Source<Delivery>['parking']> = ([first, ...rest]) => {
    const group = this.options.consumer;
    const reference = ({ item: { message, topic, offset }, letter }: typeof first) => ({
      ...{ group, topic, offset, key: message.key, messageId: message.id, type: message.type },
      because: letter.because === 'failed' ? letter.error : letter.because,
    });
    return this.options.bus.reportDead([reference(first), ...rest.map(reference)]);
  };

  readonly commit: Source<Delivery>['commit'] = async (work, taken) => {
    const { inbox, store, fence } = this.options;
    const noted = inbox.note(taken);
    const checkpoint = fence.next();
    // The bus lets go of the messages next; nothing would bring a lost effect back.
    await store.write({ changes: work.changes(), aside: inbox.marks(noted), checkpoint, durable: true });
    fence.moved(checkpoint.position);
    inbox.written(noted);
  };
}
