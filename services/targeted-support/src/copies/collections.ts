import type { Collection, Document } from '@waymark/read-model';

/** One document a case, fetched by its id alone. */
const byCase = (name: string): Collection => ({ name, indexes: [] });

export const leadCollection = byCase('targeted-support.leads');
export const ehaCollection = byCase('targeted-support.ehas');
export const consentCollection = byCase('targeted-support.consents');

/** A copy as it is kept: its case is its id. `toldAt`: when the newest of it was dated; absent in what was kept before this was. */
export type Kept<Copy> = Copy & Document & { readonly toldAt?: string };
