import type { Ids } from '@waymark/kernel';
import { v7 } from 'uuid';

/** UUIDs of version 7: ordered by time, random beside it. */
export const systemIds: Ids = { next: () => v7() };
