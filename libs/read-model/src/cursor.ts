import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto';
import { BadQuery, type IndexValue, type Query } from './read-model-store.js';

/** Where a page ended: the last document's sort value and id. */
export interface Place {
  readonly value: IndexValue;
  readonly id: string;
}

const nonceBytes = 12;
const tagBytes = 16;

/** What a cursor belongs to: everything of a query but the length of its pages. */
const bound = (collection: string, query: Query): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([collection, query.where ?? [], query.sortBy ?? 'id', query.descending ?? false]))
    .digest();

/**
 * Cursors travel in URLs, and a sort value may be a name: so they are sealed, under a key that stays in the store, with the query as the
 * associated data. A cursor of another query and one that was tampered with fail alike.
 */
export const cursors = (key: Uint8Array) => ({
  seal(collection: string, query: Query, place: Place): string {
    const binding = bound(collection, query);
    const plain = Buffer.from(JSON.stringify([place.value, place.id]));
    // The nonce follows from what it seals, so that the same page has the same cursor and no nonce serves two texts.
    const nonce = createHmac('sha256', key).update(binding).update(plain).digest().subarray(0, nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(binding);
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url');
  },

  /** @throws BadQuery for a cursor of another query, of another store, or of nobody */
  open(collection: string, query: Query, cursor: string): Place {
    const bytes = Buffer.from(cursor, 'base64url');
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
      decipher.setAAD(bound(collection, query)).setAuthTag(bytes.subarray(-tagBytes));
      const plain = Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
      const [value, id] = JSON.parse(plain.toString()) as [IndexValue, string];
      return { value, id };
    } catch {
      throw new BadQuery('cursor: does not belong to this query; ask again without one');
    }
  },
});

export type Cursors = ReturnType<typeof cursors>;
