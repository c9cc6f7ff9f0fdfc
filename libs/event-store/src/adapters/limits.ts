import type { StreamName } from '@waymark/kernel';
import { EventTooLarge, maxSealedBytes, type SealedEvent } from '../event-log.js';

/** @throws EventTooLarge */
export const assertNotTooLarge = (stream: StreamName, event: SealedEvent): void => {
  // UTF-8 takes at most three bytes for each UTF-16 unit, so most events need no count.
  if (event.data.length * 3 <= maxSealedBytes) return;
  const bytes = Buffer.byteLength(event.data);
  if (bytes > maxSealedBytes)
    throw new EventTooLarge(
      `${event.type} for ${stream} has ${bytes} bytes as stored; the limit is ${maxSealedBytes}. Split it into several.`,
    );
};
