import type { Recorded } from '@waymark/event-store';
import { request, type Request, type RequestEvent } from '@waymark/targeted-support-domain';

/** One step of a request: what was recorded, when it happened, and by whom. */
interface Step {
  readonly event: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly by: { readonly user: string; readonly role: string; readonly organisation: string };
  readonly data: unknown;
}

/** A request as those who work on it see it: how it stands, and every step that led there. Erased fields read `{ "erased": true }`. */
export type RequestView = Request & {
  readonly id: string;
  readonly caseId: string | null;
  readonly version: number;
  readonly steps: readonly Step[];
};

export const requestView = (id: string, events: readonly Recorded[]): RequestView | undefined => {
  const last = events.at(-1);
  if (!last) return undefined;
  const state = (events as unknown as readonly (Recorded & RequestEvent)[]).reduce(request.evolve, request.initial);
  return { ...state, id, caseId: last.caseId, version: last.version, steps: events.map(stepOf) };
};

const stepOf = ({ type, occurredAt, recordedAt, actor, data }: Recorded): Step => ({
  event: type,
  occurredAt,
  recordedAt,
  by: actor,
  data,
});
