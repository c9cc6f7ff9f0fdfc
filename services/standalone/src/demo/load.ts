import type { Role } from '@waymark/kernel';
import type { HttpClient, Reply } from '../http-client.js';
import { tellInOrder } from './diary.js';
import { workforces, type Colleague } from './invention/family.js';
import { daysBefore, planBorough, workingDay, type Chapter } from './plan.js';
import { stories } from './stories.js';
import type { Done, Tale, Voice } from './tale.js';

export interface Load {
  readonly client: HttpClient;
  readonly seed: string;
  /** The day on which the tales end. */
  readonly today: string;
  /** An earlier load was interrupted: what was done then answers as it did, and is not done again. */
  readonly continuing: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

export interface Progress {
  /** Whose tale has come to its end. */
  readonly families: number;
  readonly of: number;
  /** Where the clock stands. */
  readonly at: string;
}

/** A step was refused, or could not be asked: the plan and the platform do not agree. Names family, story and step; nothing about anybody. */
export class StepRefused extends Error {
  override readonly name = 'StepRefused';
}

/**
 * Tells every family's tale through the public API, in the order of time, and lets go of the clock again.
 * @throws StepRefused; the signal's reason when it is stopped
 */
export const loadBorough = async ({ client, seed, today, continuing, signal, onProgress }: Load): Promise<void> => {
  const chapters = planBorough(seed, today);
  const of = chapters.length;
  let at = '';
  let families = 0;
  const tales = chapters.map((chapter) => {
    const speak = speakerFor({ client, chapter, signal, continuing, keys: `demo-${seed}-${today}-${chapter.number}` });
    return stories[chapter.story](taleOf(chapter, speak));
  });
  try {
    await tellInOrder(tales, {
      moveTo: async (moment) => {
        signal.throwIfAborted();
        await client.setClock((at = moment));
        onProgress({ families, of, at });
      },
      onEnd: (ended) => onProgress({ families: (families = ended), of, at }),
    });
  } finally {
    if (!signal.aborted) await client.releaseClock();
  }
};

type Speak = (who: Colleague, role: Role) => Voice;

const taleOf = ({ family, authority, begins }: Chapter, by: Speak): Tale => {
  const dayOf = (day: number) => daysBefore(begins, -day);
  return {
    family,
    authority,
    staff: workforces[authority],
    on: (day, time) => `${workingDay(dayOf(day))}T${time}:00.000Z`,
    day: dayOf,
    by,
  };
};

interface Speaker extends Pick<Load, 'client' | 'signal' | 'continuing'> {
  readonly chapter: Chapter;
  /** Begins the Idempotency-Key of every step, so that the same step is the same request in every run. */
  readonly keys: string;
}

const speakerFor = ({ client, chapter, signal, continuing, keys }: Speaker): Speak => {
  let step = 0;
  const where = (method: string, path: string) =>
    `family ${chapter.number} (${chapter.story}), step ${step}: ${method} ${path.replaceAll(/[0-9a-f-]{36}/g, ':id')}`;
  return ({ user, organisation }, role) => {
    const person = client.as(user, role, organisation);
    return {
      get: async <Seen>(path: string) => {
        signal.throwIfAborted();
        return answered<Seen>(await person.get(path), where('GET', path));
      },
      post: async (path, body) => {
        signal.throwIfAborted();
        const reply = await person.post(path, body, { 'idempotency-key': `${keys}-${++step}` });
        // Nothing goes on from the answer to such a step.
        return continuing && isDoneBefore(reply) ? { id: '', caseId: '' } : answered<Done>(reply, where('POST', path));
      },
    };
  };
};

/** The step was taken in an earlier run, on what was then the newest version: that it names another now shows only that the tale went on. */
const isDoneBefore = ({ status, body }: Reply): boolean =>
  status === 422 && String((body as { readonly type?: unknown }).type).endsWith('idempotency-key-reused');

const answered = <Seen>({ status, body }: Reply, where: string): Seen => {
  if (status >= 200 && status < 300) return body as Seen;
  const { rule, title, field } = (body ?? {}) as Readonly<Partial<Record<'rule' | 'title' | 'field', string>>>;
  throw new StepRefused(`${where}: ${[status, rule, title, field && `field ${field}`].filter(Boolean).join(', ')}`);
};
