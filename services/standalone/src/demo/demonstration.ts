import type { DemonstrationStatus } from '@waymark/reporting-service';
import { HttpClient } from '../http-client.js';
import { loadBorough, StepRefused, type Progress } from './load.js';
import { about, planVersion, readMarker, writeMarker, type Marker } from './marker.js';

export const seed = 'waymark';

/** How the demonstration stands, for those who ask. */
export class Demonstration {
  private status: DemonstrationStatus = { state: 'none', families: 0, of: 0 };

  now(): DemonstrationStatus {
    return this.status;
  }

  become(status: DemonstrationStatus): void {
    this.status = status;
  }
}

interface Around {
  readonly address: string;
  readonly dataFolder: string;
  /** WAYMARK_DEMO, in the development profile. */
  readonly wanted: boolean;
  /** Whether nothing at all has been recorded yet. */
  readonly empty: boolean;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** Loads the demonstration borough where that is due, and remembers it in the data folder. Never throws: the platform goes on without it. */
export const demonstrate = async (demonstration: Demonstration, around: Around): Promise<void> => {
  const { dataFolder, say } = around;
  const found = readMarker(dataFolder);
  const due = whatIsDue(found, around);
  const { families, of } = typeof found === 'object' ? found : { families: 0, of: 0 };
  switch (due) {
    case 'nothing':
      return;
    case 'loaded':
      return demonstration.become({ state: 'loaded', families, of });
    case 'left-incomplete':
      demonstration.become({ state: 'failed', families, of });
      return say('The demonstration borough here is incomplete, and WAYMARK_DEMO is off: it stays so.');
    case 'cannot-continue':
      demonstration.become({ state: 'failed', families, of });
      return say(
        `The demonstration borough in ${dataFolder} is incomplete, and this version cannot finish it (demo.json). Stop, delete the folder, start again.`,
      );
    default:
      return load(demonstration, around, due === 'continue' ? (found as Marker) : undefined);
  }
};

type Due = 'nothing' | 'loaded' | 'begin' | 'continue' | 'left-incomplete' | 'cannot-continue';

/** A record that is not empty, with no word of a demonstration, is somebody's own. */
export const whatIsDue = (found: Marker | 'unreadable' | undefined, { empty, wanted }: Pick<Around, 'empty' | 'wanted'>): Due => {
  if (empty) return wanted ? 'begin' : 'nothing';
  if (found === undefined) return 'nothing';
  if (found === 'unreadable') return 'cannot-continue';
  if (found.state === 'loaded') return 'loaded';
  if (!wanted) return 'left-incomplete';
  return found.plan === planVersion ? 'continue' : 'cannot-continue';
};

const load = async (demonstration: Demonstration, around: Around, interrupted: Marker | undefined): Promise<void> => {
  const { address, dataFolder, signal, say } = around;
  const client = new HttpClient(address);
  const today = interrupted?.today ?? (await client.now().catch(() => '')).slice(0, 10);
  // Stopped before it began.
  if (today === '') return;
  let marker: Marker = interrupted ?? { about, state: 'loading', seed, today, plan: planVersion, families: 0, of: 0 };
  writeMarker(dataFolder, marker);
  say(interrupted ? continues : begins);
  const tell = reporter(say);
  const onProgress = (progress: Progress): void => {
    const { families, of } = progress;
    demonstration.become({ state: 'loading', families, of });
    if (families !== marker.families || of !== marker.of) writeMarker(dataFolder, (marker = { ...marker, families, of }));
    tell(progress);
  };
  const onStop = (): void => say(`Stopped at family ${marker.families} of ${marker.of}; the next start finishes the demonstration.`);
  signal.addEventListener('abort', onStop);
  const beganMs = performance.now();
  try {
    await loadBorough({ client, seed: marker.seed, today, continuing: interrupted !== undefined, signal, onProgress });
    writeMarker(dataFolder, { ...marker, state: 'loaded' });
    demonstration.become({ state: 'loaded', families: marker.families, of: marker.of });
    say(`The demonstration borough is loaded: ${marker.families} invented families in ${seconds(beganMs)} s.`);
  } catch (error) {
    if (signal.aborted) return;
    demonstration.become({ state: 'failed', families: marker.families, of: marker.of });
    say(`The demonstration borough is incomplete (${marker.families} of ${marker.of} families). ${reasonOf(error)}`);
  } finally {
    signal.removeEventListener('abort', onStop);
  }
};

const begins =
  'Loading a demonstration borough: every family, child and professional in it is invented. Until it is loaded the clock runs through the months before today.';
const continues =
  'An earlier load of the demonstration borough was interrupted: finishing it. Deadlines that fell due meanwhile show as missed.';

const reasonOf = (error: unknown): string =>
  error instanceof StepRefused ? `A step was not taken: ${error.message}` : `The platform could not be asked (${(error as Error).name}).`;

const betweenReportsMs = 3_000;

/** A line every few seconds: how many tales are told, and where the clock stands. */
const reporter = (say: (line: string) => void): ((progress: Progress) => void) => {
  let toldAtMs = performance.now();
  return ({ families, of, at }) => {
    if (performance.now() - toldAtMs < betweenReportsMs) return;
    toldAtMs = performance.now();
    say(`  family ${families} of ${of} (the clock stands at ${at.slice(0, 10)})`);
  };
};

const seconds = (sinceMs: number): string => ((performance.now() - sinceMs) / 1000).toFixed(1);
