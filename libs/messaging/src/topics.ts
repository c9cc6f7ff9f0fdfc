/** How a service names itself on the bus, as the source of its messages. */
export const sourceOf = (service: string): string => `/services/${service}`;
/** Whose topic it is: `earlyhelp.referral.events.v1` is referral's. */
export const serviceOf = (topic: string): string => String(topic.split('.')[1]);

/** Where dead letters are announced, by reference. */
export const deadLetterTopic = 'earlyhelp.dead-letters.v1';
/** Where relays say how far they have come; of each source the newest word is kept. */
export const progressTopic = 'earlyhelp.progress.v1';
