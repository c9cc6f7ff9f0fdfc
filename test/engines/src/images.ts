import { catalogue } from './catalogue.js';
import type { EngineName } from './catalogue.js';
import { findDocker, isMissing } from './docker.js';
import type { Docker } from './docker.js';
import { messageOf } from './messages.js';

export type Found = { readonly image: string } | { readonly why: string };

/** How long a pull may stay without a word before the registry counts as out of reach. */
const SILENCE_MS = 30_000;

const isHere = (docker: Docker, image: string): Promise<boolean> =>
  docker
    .getImage(image)
    .inspect()
    .then(
      () => true,
      () => false,
    );

/** Pulls an image; resolves to why it could not be had, or to nothing. */
const pull = (docker: Docker, image: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const giveUp = () => resolve(`${image}: the registry says nothing for ${SILENCE_MS / 1000} s`);
    let silence = setTimeout(giveUp, SILENCE_MS);
    const settle = (error: unknown) => {
      clearTimeout(silence);
      resolve(error ? `${image}: ${messageOf(error)}` : undefined);
    };
    docker.pull(image).then(
      (progress) =>
        docker.modem.followProgress(progress, settle, () => {
          clearTimeout(silence);
          silence = setTimeout(giveUp, SILENCE_MS);
        }),
      settle,
    );
  });

const here = async (docker: Docker, image: string): Promise<Found> => {
  if (await isHere(docker, image)) return { image };
  const why = await pull(docker, image);
  return why === undefined ? { image } : { why };
};

/** The image of an engine: the one named by the environment, else the official one, else the one built from packages. */
const find = async (engine: EngineName): Promise<Found> => {
  const docker = await findDocker();
  if (isMissing(docker)) return docker;
  const { variable, official, built } = catalogue[engine];
  const named = process.env[variable];
  if (named) return here(docker, named);
  const first = await here(docker, official);
  if ('image' in first || built === undefined) return first;
  if (await isHere(docker, built)) return { image: built };
  return { why: `${first.why}; and ${built} is not built (npx nx images infra)` };
};

const known = new Map<EngineName, Promise<Found>>();

/** Looked up once per process. */
export const findImage = (engine: EngineName): Promise<Found> => {
  const lookup = known.get(engine) ?? find(engine);
  known.set(engine, lookup);
  return lookup;
};
