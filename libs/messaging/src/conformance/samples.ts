import { CaseId, defineContract, derivedId, handle, Uuid } from '@waymark/kernel';
import type { Message } from '../bus.js';

export const opened = defineContract('earlyhelp.planning.episode-opened.v1', { episodeId: Uuid, reason: handle().optional() });
export const ended = defineContract('earlyhelp.planning.episode-ended.v1', { episodeId: Uuid });
export const received = defineContract('earlyhelp.referral.contact-received.v1', { contactId: Uuid });
export const topic = opened.topic;
export const caseOf = (name: string) => CaseId.parse(derivedId('case', name));

let sent = 0;
export const message = (
  key: string,
  data: Record<string, unknown> = { episodeId: derivedId('episode') },
  type: string = opened.type,
): Message => ({
  id: derivedId('message', String((sent += 1))),
  type,
  source: '/services/planning',
  time: '2026-03-02T09:15:00.000Z',
  key: caseOf(key),
  position: String(sent).padStart(16, '0'),
  correlationId: derivedId('correlation'),
  data,
});

export const idsOf = (messages: readonly Message[]): string[] => messages.map(({ id }) => id);

/** Resolves as soon as the condition holds; the test's own time limit is the other end. */
export const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 2));
};
