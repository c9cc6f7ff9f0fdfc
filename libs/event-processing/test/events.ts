import {
  CaseId,
  count,
  defineContract,
  defineEvent,
  derivedId,
  type DomainEvent,
  type Envelope,
  type Instant,
  type StreamName,
} from '@waymark/kernel';
import type { MemoryEvents } from './memory-events.js';

export const Counted = defineEvent('planning.Counted.v1', { n: count() }, ({ n }) => `${n} were counted.`);
export const Noted = defineEvent('planning.Noted.v1', { n: count() }, ({ n }) => `${n} were noted.`);
export const counted = defineContract('earlyhelp.planning.counted.v1', { n: count() });
/** The next version of {@link counted}, published beside it. */
export const countedAnew = defineContract('earlyhelp.planning.counted.v2', { count: count() });
export const noted = defineContract('earlyhelp.planning.noted.v1', { n: count() });

export const at = '2026-03-02T09:15:00.000Z' as Instant;
export const clock = { now: () => at };
export const caseOf = (name: string) => CaseId.parse(derivedId('case', name));
export const streamOf = (name: string): StreamName => `planning.tally-${caseOf(name)}`;

export const envelope: Pick<Envelope, 'actor' | 'purpose' | 'policy'> = {
  actor: { user: 'system' as never, role: 'system', organisation: 'council' as never },
  purpose: 'operation',
  policy: { pack: 'peterborough', version: '2025-06' },
};

/** Appends to the end of a stream of a case; the command and event ids follow from the place. */
export const append = async (store: MemoryEvents, name: string, event: DomainEvent, stream: StreamName = streamOf(name)) => {
  const version = store.of(stream).length;
  const commandId = derivedId('command', stream, String(version));
  const id = derivedId('event', commandId);
  const rest = { id, caseId: caseOf(name), occurredAt: at, correlationId: commandId, causationId: commandId };
  return store.append(stream, version || 'none', [{ ...event, ...envelope, ...rest }], commandId);
};

/** A sleep that takes a turn of the event loop and no time. */
export const noPause = async (): Promise<void> => {
  await new Promise((resolve) => setImmediate(resolve));
};

export const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 1));
};
