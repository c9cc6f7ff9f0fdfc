// How a command of this repository was called.
import { parseArgs } from 'node:util';

/** Says what is wrong with the call, and ends the process with 2. */
export const refuseCall = (what) => {
  console.error(what);
  process.exit(2);
};

/**
 * As `parseArgs` of node:util; what it does not know is refused in a line that names what there is.
 * @param {import('node:util').ParseArgsConfig} config
 */
export const optionsOf = (config) => {
  try {
    return parseArgs(config);
  } catch (error) {
    const [what] = error.message.split(/\.\s|\n/);
    const known = Object.keys(config.options).map((name) => `--${name}`);
    return refuseCall(`${what.replace(/\.$/, '')}; the options are ${known.join(', ')}`);
  }
};
