import type { KafkaMessage } from 'kafkajs';
import type { Delivery, Message, Refusal } from '../../bus.js';
import { fromCloudEvent, NotACloudEvent } from '../../cloud-event.js';
import { offsetText } from '../../places.js';

export interface Place {
  /** Without the deployment's prefix. */
  readonly topic: string;
  readonly partition: number;
}

/** The message that a value is, or why it is none. */
export const readValue = (
  { topic, partition }: Place,
  { key, value, offset }: Pick<KafkaMessage, 'key' | 'value' | 'offset'>,
): Delivery | Refusal => {
  try {
    if (value === null) throw new NotACloudEvent('not a CloudEvent of the platform: no value');
    const message = fromCloudEvent(value.toString());
    // A case's id is plain ASCII, and so is a stream's name.
    if (key?.toString('latin1') !== message.key)
      throw new NotACloudEvent('not a CloudEvent of the platform: its key is not its partitionkey');
    return new Received(message, topic, partition, offset);
  } catch (error) {
    if (!(error instanceof NotACloudEvent)) throw error;
    return { topic, offset: offsetText(partition, offset), reason: error.message };
  }
};

/** Says where it stands only when somebody asks: dead letters do, and of most messages there are none. */
class Received implements Delivery {
  constructor(
    readonly message: Message,
    readonly topic: string,
    private readonly partition: number,
    private readonly place: string,
  ) {}

  get offset(): string {
    return offsetText(this.partition, this.place);
  }
}
