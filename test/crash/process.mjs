// The process under test: the whole product on the embedded engines.
import { join } from 'node:path';
import { startChild } from '../proof/child.mjs';

const server = join(import.meta.dirname, 'server.mjs');

/**
 * Starts the process under test.
 * @param {{ folder: string, variant?: string, env?: Record<string, string>, program?: string }} how
 */
export const start = ({ folder, variant, env = {}, program = server }) =>
  startChild({ program, args: variant ? [variant] : [], env: { WAYMARK_DATA: folder, WAYMARK_DEMO: 'off', ...env } });
