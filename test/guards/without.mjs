// Jest's transformer as ever, but for the one guard that WAYMARK_WITHOUT names: it reads its source as if the guard were not there. No file is changed.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import swc from '@swc/jest';
import { guards } from './list.mjs';

const root = join(fileURLToPath(import.meta.url), '../../..');
const taken = guards.find(({ guard }) => guard === process.env.WAYMARK_WITHOUT);

const readAs = (source, file) => {
  if (!taken || file !== join(root, taken.in)) return source;
  const parts = source.split(taken.take);
  if (parts.length !== 2) throw new Error(`${taken.in}: the guard stands there ${parts.length - 1} times, not once: ${taken.take}`);
  return parts.join(taken.leave);
};

export default {
  createTransformer: (options) => {
    const inner = swc.createTransformer(options);
    return {
      ...inner,
      getCacheKey: (source, file, rest) => inner.getCacheKey(readAs(source, file), file, rest),
      process: (source, file, rest) => inner.process(readAs(source, file), file, rest),
      processAsync: (source, file, rest) => inner.processAsync(readAs(source, file), file, rest),
    };
  },
};
