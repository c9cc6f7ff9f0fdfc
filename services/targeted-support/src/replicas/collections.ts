import type { Collection, Document } from '@waymark/read-model';

/** One document a case, fetched by its id alone. */
const byCase = (name: string): Collection => ({ name, indexes: [] });

export const leadCollection = byCase('targeted-support.leads');
export const ehaCollection = byCase('targeted-support.ehas');

/** A copy as it is kept: its case is its id. */
export type Kept<Copy> = Copy & Document;
