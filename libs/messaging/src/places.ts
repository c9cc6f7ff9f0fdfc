/** Where a message stands in its topic. Sixteen digits, so that plain string order is the order of the partition. */
export const offsetText = (partition: number, offset: number | string): string => `${partition}:${String(offset).padStart(16, '0')}`;

/** How a partition of a topic is called among those of all topics. */
export const placeName = (topic: string, partition: number): string => `${topic} ${partition}`;
export const topicOf = (place: string): string => place.slice(0, place.lastIndexOf(' '));
