import { findDocker, isMissing } from './docker.js';

const REAPER = 'testcontainers/ryuk';

/**
 * Testcontainers removes what a killed run left with a container of its own, whose image has to be pulled. Where only images
 * built from packages are to be had it goes without: what is left then carries the label `waymark.engine`.
 */
export const withoutReaper = async (): Promise<void> => {
  if (process.env['TESTCONTAINERS_RYUK_DISABLED'] !== undefined) return;
  const docker = await findDocker();
  if (isMissing(docker)) return;
  const images = await docker.listImages({ filters: { reference: [REAPER] } });
  if (images.length === 0) process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
};
