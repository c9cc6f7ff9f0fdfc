import type { Document } from '../read-model-store.js';

export interface Case extends Document {
  readonly status?: string | null;
  readonly age?: number;
  readonly open?: boolean;
  readonly needs?: readonly string[];
}

export const cases = { name: 'planning.cases', indexes: ['status', 'age', 'open', 'needs'] };
export const some: readonly Case[] = [
  { id: 'a', status: 'open', age: 3, open: true, needs: ['housing', 'speech'] },
  { id: 'b', status: 'open', age: 12, open: false, needs: ['speech'] },
  { id: 'c', status: 'closed', age: 7, open: true, needs: [] },
  { id: 'd', status: null, age: 7 },
  { id: 'e', status: 'opened later' },
  { id: 'f', status: '\u{1F600}', age: 9 },
  { id: 'g', status: '\uFF5E', age: 10 },
];
export const put = (...documents: readonly Document[]) => ({ changes: documents.map((document) => ({ put: document, in: cases.name })) });
export const step = (after: string, position: string, ...documents: readonly Document[]) => ({
  ...put(...documents),
  checkpoint: { subscriber: 'p', after, position },
});
