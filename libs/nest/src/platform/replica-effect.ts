import type { NonEmpty } from '@waymark/kernel';
import type { Message } from '@waymark/messaging';
import type { UnitOfWork } from '@waymark/event-processing';
import type { ReplicaDefinition } from './service-definition.js';

type TakenMessage = Parameters<ReplicaDefinition['take']>[0];

/** Takes a batch of messages into a copy: what they need is read at once, then each is taken in order. */
export const replicaEffect =
  ({ needs, take }: Pick<ReplicaDefinition, 'needs' | 'take'>) =>
  async (messages: NonEmpty<TakenMessage & Pick<Message, 'key'>>, documents: UnitOfWork): Promise<void> => {
    if (needs) await documents.prefetch(messages.flatMap(needs));
    for (const message of messages) await take(message, documents);
  };
