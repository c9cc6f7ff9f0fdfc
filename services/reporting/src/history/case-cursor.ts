import type { Position } from '@waymark/event-store';
import { derivedId, type CaseId } from '@waymark/kernel';
import type { Horizon, Place } from './case-history.js';

/** Whose cursor it is: one case under one horizon. */
export interface CursorOwner {
  readonly caseId: CaseId;
  readonly horizon: Horizon;
}

/** A place as an opaque text. The seal ties it to its list, so that a cursor of another list is told apart instead of misnumbering this one. */
export const writeCursor = (owner: CursorOwner, { version, position }: Place): string =>
  Buffer.from(JSON.stringify([version, position, sealOf(owner, version, position)])).toString('base64url');

/** The place of a cursor; undefined when it is none, or of another list. */
export const readCursor = (owner: CursorOwner, cursor: string): Place | undefined => {
  const [version, position, seal] = parse(cursor);
  if (typeof version !== 'number' || typeof position !== 'string') return undefined;
  return seal === sealOf(owner, version, position) ? { version, position: position as Position } : undefined;
};

const parse = (cursor: string): readonly unknown[] => {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
};

const sealOf = ({ caseId, horizon }: CursorOwner, version: number, position: string): string =>
  derivedId('chronology', caseId, horizon.asKnownAt ?? '', String(horizon.to ?? ''), String(version), position).slice(0, 8);
