import { eventTypeFilter, streamNameFilter } from '@kurrent/kurrentdb-client';
import type { Filter } from '../../event-log.js';
import type { Namespace } from './namespace.js';

/** The filter that the server applies. It takes prefixes of one kind only; the adapter filters the rest. */
export interface Scope {
  readonly on: 'stream' | 'type';
  readonly prefixes: readonly string[];
  /** Lets through less than all events of the namespace. */
  readonly narrow: boolean;
  /** Lets through exactly what the filter says, so that a page can be requested by its size. */
  readonly exact: boolean;
}

export const wholeOf = ({ prefix }: Namespace): Scope => ({ on: 'stream', prefixes: [prefix], narrow: false, exact: true });

/** An empty prefix lets everything through, and with it the whole list. */
const telling = (prefixes: readonly string[] | undefined): readonly string[] | undefined => (prefixes?.includes('') ? undefined : prefixes);

/** 'nothing' when no event there is can pass. */
export const scopeOf = (namespace: Namespace, { streamPrefixes, typePrefixes, caseId }: Filter): Scope | 'nothing' => {
  const [streams, types] = [telling(streamPrefixes), telling(typePrefixes)];
  if (streams?.length === 0 || types?.length === 0) return 'nothing';
  const anyCase = caseId === undefined;
  if (streams)
    return {
      on: 'stream',
      prefixes: streams.map((prefix) => namespace.engineName(prefix)),
      narrow: true,
      exact: anyCase && types === undefined,
    };
  // Another application may have written types of the same name: those are dropped here, and so a page may come up short.
  if (types) return { on: 'type', prefixes: types, narrow: true, exact: false };
  return { ...wholeOf(namespace), exact: anyCase };
};

type Checkpoints = Pick<Parameters<typeof streamNameFilter>[0], 'maxSearchWindow' | 'checkpointInterval' | 'checkpointReached'>;

/** The same in the client's words. */
export const engineFilter = ({ on, prefixes }: Scope, checkpoints: Checkpoints = {}): ReturnType<typeof streamNameFilter> =>
  (on === 'stream' ? streamNameFilter : eventTypeFilter)({ prefixes: [...prefixes], ...checkpoints });
