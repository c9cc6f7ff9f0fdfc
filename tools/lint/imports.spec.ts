import { globSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { missingImports } from './imports.mjs';

const programs = globSync('{libs,services,infra,tools,test,bench}/**/*.mjs', { exclude: ['**/node_modules', '**/dist'] }).sort();

describe('The programs that no compiler sees', () => {
  it.each(programs)('%s imports nothing that is not there', (program) => expect(missingImports(program)).toEqual([]));

  it.each([
    ['a built file whose source was renamed', "import { Gone } from '../../libs/kernel/dist/gone.js';", ['libs/kernel/dist/gone.js']],
    ['a file beside it', "const { gone } = await import('./gone.mjs');", ['tools/lint/gone.mjs']],
  ])('are refused for %s', (_, text, missing) => expect(missingImports('tools/lint/imports.mjs', text)).toEqual(missing));
});
