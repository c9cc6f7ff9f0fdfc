import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Relative imports of a program that lead to no file. What is imported as built is looked for among the sources, so that an older build hides nothing. */
export const missingImports = (file, text = readFileSync(file, 'utf8')) =>
  [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)]
    .map(([, path = '']) => join(dirname(file), path))
    .filter((target) => {
      const source = target.replace(/\/dist\//, '/src/').replace(/\.js$/, '.ts');
      return target.includes('/dist/') ? !existsSync(source) : !existsSync(target);
    });
