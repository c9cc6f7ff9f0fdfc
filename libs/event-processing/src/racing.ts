import { StaleCheckpoint } from '@waymark/read-model';

/** More than so often in a row is no race any more. */
const racesInARow = 50;

/** Does something again by what is true now, when another process, which replays or took over, wrote in between. */
export const racing = async <T>(work: () => Promise<T>, lookAgain: () => Promise<void>): Promise<T> => {
  for (let races = 1; ; races += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StaleCheckpoint) || races >= racesInARow) throw error;
    }
    await lookAgain();
  }
};
