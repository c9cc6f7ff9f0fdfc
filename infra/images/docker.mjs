// What is asked of the Docker engine.
import { run, succeeds } from './run.mjs';

const PULL_LIMIT_MS = 300_000;

export const dockerAnswers = () => succeeds('docker', ['version', '--format', '{{.Server.Version}}']);

export const hasImage = (image) => succeeds('docker', ['image', 'inspect', image]);

/** The recipe that an image was made by, or nothing where there is no such image. */
export const recipeOf = (image) =>
  run('docker', ['image', 'inspect', '--format', '{{index .Config.Labels "waymark.recipe"}}', image]).then(
    (text) => text.trim(),
    () => '',
  );

/** Whether an image is here or can be pulled. */
export const canHave = async (image) =>
  (await hasImage(image)) || succeeds('docker', ['pull', '--quiet', image], { limitMs: PULL_LIMIT_MS });

const builder = async () => ((await succeeds('docker', ['buildx', 'version'])) ? {} : { DOCKER_BUILDKIT: '0' });

/**
 * Builds an image of a folder in which everything it needs lies ready.
 * @param {string} tag
 * @param {string} folder
 * @param {{ file?: string, args?: Record<string, string> }} [options] `file` a Dockerfile elsewhere
 */
export const buildImage = async (tag, folder, { file, args = {} } = {}) => {
  const given = Object.entries(args).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  const from = file ? ['--file', file] : [];
  await run('docker', ['build', '--quiet', '--tag', tag, ...from, ...given, folder], { env: await builder() });
};

export const sizeOf = async (image) =>
  `${Math.round(Number(await run('docker', ['image', 'inspect', '--format', '{{.Size}}', image])) / 1_000_000)} MB`;
