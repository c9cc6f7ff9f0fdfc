/** Where dead letters are told of, by reference. */
export const deadLetterTopic = 'earlyhelp.dead-letters.v1';
/** Where relays say how far they have come; of each source the newest word is kept. */
export const progressTopic = 'earlyhelp.progress.v1';
