// Compositions with a guard taken out, that only this test has. They show that it would notice; nothing of them is in the product.
import { instead } from './trap.mjs';

/** The relay's checkpoint moves on first, and what it stands for is published then. */
const relayCheckpointFirst = ({ bus, readModels, ...engines }) => {
  /** What each relay has yet to publish, by the name of its checkpoint. */
  const heldBack = new Map();
  const publish = async (topic, messages) => {
    const relay = `${messages[0].source.replace('/services/', '')}.relay`;
    heldBack.set(relay, [...(heldBack.get(relay) ?? []), [topic, messages]]);
    return new Map();
  };
  const write = async (batch) => {
    await readModels.write(batch);
    const relay = batch.checkpoint?.subscriber;
    const published = heldBack.get(relay) ?? [];
    heldBack.delete(relay);
    for (const [topic, messages] of published) await bus.publish(topic, messages);
  };
  return { ...engines, bus: instead(bus, { publish }), readModels: instead(readModels, { write }) };
};

/** Consumers remember nothing of what they took. */
const withoutInbox = ({ readModels, ...engines }) => {
  const getMany = async (collection, ids) => (collection.includes('.inbox-') ? new Map() : readModels.getMany(collection, ids));
  return { ...engines, readModels: instead(readModels, { getMany }) };
};

/** What was done is written, and how far that is only then. */
const checkpointApart = ({ readModels, ...engines }) => {
  const write = async ({ changes, checkpoint, ...rest }) => {
    if (changes.length + (rest.aside?.length ?? 0) > 0) await readModels.write({ changes, ...rest });
    if (checkpoint) await readModels.write({ changes: [], checkpoint });
  };
  return { ...engines, readModels: instead(readModels, { write }) };
};

const consumers = ' partition \\d+$';

/** Each with the moments at which it has to be caught, and what has to be found wrong then. */
export const variants = {
  'relay-checkpoint-first': {
    lacks: 'the relay publishes before its checkpoint moves',
    around: relayCheckpointFirst,
    moments: [{ call: 'publish', when: 'before' }],
    shows: /was never published/,
  },
  'without-inbox': {
    lacks: 'a consumer remembers what it took',
    around: withoutInbox,
    moments: [
      { call: 'write', when: 'after', of: `^probe\\.messages${consumers}` },
      { call: 'publish', when: 'after' },
    ],
    shows: /took effect \d+ times in probe\.messages-taken/,
  },
  'checkpoint-apart': {
    lacks: 'an effect and its checkpoint are written together',
    around: checkpointApart,
    moments: [{ call: 'write', when: 'before', of: '^probe\\.events$' }],
    shows: /took effect \d+ times in probe\.events-seen/,
  },
};
