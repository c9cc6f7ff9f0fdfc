import { readFileSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;
export type ReadFile = (path: string) => string;

const fromDisk: ReadFile = (path) => readFileSync(path, 'utf8');

/**
 * The environment with each secret that was given as a file, `<name>_FILE`, under its own name: environments are shown by too many tools to hold one.
 * Faults name variable and file, never what is in it.
 */
export const withSecretFiles = (environment: Environment, names: readonly string[], folder: string, readFile: ReadFile = fromDisk) => {
  const told: Record<string, string | undefined> = { ...environment };
  const faults: string[] = [];
  for (const name of names) {
    const fileVariable = `${name}_FILE`;
    const file = environment[fileVariable];
    delete told[fileVariable];
    if (file === undefined) continue;
    if (environment[name] !== undefined) faults.push(`${fileVariable}: ${name} is set as well; keep one of them`);
    else told[name] = secretIn(fileVariable, isAbsolute(file) ? file : resolve(folder, file), { readFile, faults });
  }
  return { environment: told as Environment, faults };
};

const secretIn = (variable: string, path: string, { readFile, faults }: { readFile: ReadFile; faults: string[] }): string | undefined => {
  try {
    const secret = readFile(path).trim();
    if (secret !== '') return secret;
    faults.push(`${variable}: ${path} is empty`);
  } catch (error) {
    faults.push(`${variable}: ${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
  // Named above; the variable itself is not missing.
  return undefined;
};
