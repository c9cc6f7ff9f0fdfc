/** What moving a file's layout forward needs of it; a database of `node:sqlite` is one. */
export interface LaidOut {
  exec(sql: string): void;
  prepare(sql: string): { get(): unknown };
}

/** How far a step is: `1200 of 5000 events`. */
export type StepProgress = string;

/** Takes a file from the layout `from` to the next one. Runs inside a transaction, so that a kill at any moment leaves the file as it was. */
export interface LayoutStep<D extends LaidOut> {
  readonly from: number;
  /** Verifies what was there by the rules of its own layout before it writes anything; yields now and then how far it is. */
  readonly take: (database: D) => Iterable<StepProgress>;
}

export interface Layouts<D extends LaidOut> {
  readonly path: string;
  /** What this program writes; SQLite's `user_version`. */
  readonly layout: number;
  /** One for each earlier layout that can be taken forward, in their order. */
  readonly steps: readonly LayoutStep<D>[];
  /** The library's own error for a file that cannot be used. */
  readonly refusal: (message: string) => Error;
}

/**
 * Takes a file of an earlier layout forward, each step in one transaction of its own, and yields what it is at. Does nothing where the layout is this
 * program's. Whoever runs it may let other work in between two yields; nobody else may write the file.
 * @throws the refusal for a layout that is newer than the program's, or older than any that it knows
 */
export function* moveForward<D extends LaidOut>(database: D, { path, layout, steps, refusal }: Layouts<D>): Generator<string, void> {
  for (let found = layoutOf(database); found !== layout; found += 1) {
    const step = steps.find(({ from }) => from === found);
    if (!step) throw refusal(wordsFor(path, found, layout));
    yield `Taking ${path} from layout ${found} to ${found + 1}`;
    database.exec('BEGIN IMMEDIATE');
    let done = false;
    try {
      for (const progress of step.take(database)) yield `Taking ${path} from layout ${found} to ${found + 1}: ${progress}`;
      database.exec(`PRAGMA user_version = ${found + 1}; COMMIT`);
      done = true;
    } finally {
      if (!done) database.exec('ROLLBACK');
    }
  }
}

const layoutOf = (database: LaidOut): number => Number(Object.values(database.prepare('PRAGMA user_version').get() as object)[0]);

const wordsFor = (path: string, found: number, layout: number): string =>
  found > layout
    ? `${path} has layout ${found}, which a later version of Waymark wrote; this one knows layouts up to ${layout}. Nothing was changed. Start the version that wrote it, or a later one.`
    : `${path} has layout ${found}, which no version of Waymark wrote that this one knows; it reads layout ${layout}. Nothing was changed. Restore the file from its backup.`;

/** Does such work to its end at once, telling what it is at. */
export const atOnce = <T>(work: Generator<string, T>, tell: (doing: string) => void): T => {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    tell(value);
  }
};

/** Does such work to its end, with a pause for others at each word of progress. */
export const inTurns = async <T>(work: Generator<string, T>, tell: (doing: string) => void, pause: () => Promise<unknown>): Promise<T> => {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    tell(value);
    await pause();
  }
};
