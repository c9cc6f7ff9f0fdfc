import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  derivedId,
  exampleOf,
  type AnyEventDefinition,
  type CaseId,
  type Clock,
  type Instant,
  type OrganisationId,
  type StreamName,
  type UserId,
} from '@waymark/kernel';
import { openFileKeyStore, type RandomBytes } from '@waymark/keys';
import { openSqliteEventLog } from '../adapters/sqlite/log.js';
import type { NewEvent } from '../event-store.js';
import { eventCatalogue } from './catalogue.js';
import { sealedEventStore } from './store.js';

/** A value that stands for something personal and is like nothing else, and where it was put. */
export interface Canary {
  readonly type: string;
  readonly path: string;
  readonly text: string;
}

/** A canary that was found where nobody should be able to read it. */
export interface Sighting extends Canary {
  readonly file: string;
  /** The form in which it was found. */
  readonly form: string;
}

export interface CanaryReport {
  readonly planted: readonly Canary[];
  /** Sealed values that can hold no canary: numbers, dates, words of a list. */
  readonly passedOver: readonly { readonly type: string; readonly path: string }[];
  readonly sightings: readonly Sighting[];
}

export interface CanaryOptions {
  readonly definitions: readonly AnyEventDefinition[];
  /** An empty folder that the test may fill. */
  readonly folder: string;
  readonly random: RandomBytes;
}

/**
 * Writes one event of every type with a canary in every sealed value, and in every open one that takes free text, which ought to be
 * sealed; then searches every byte of every file for them. A test expects no sightings.
 * @throws TypeError when a sealed field of a type was given no value at all
 */
export const plantCanaries = async ({ definitions, folder, random }: CanaryOptions): Promise<CanaryReport> => {
  const eggs = definitions.map((definition) => plant(definition, random));
  const [files, keysFolder] = [join(folder, 'events'), join(folder, 'keys')];
  mkdirSync(files, { recursive: true });
  const clock: Clock = { now: () => moment };
  const log = openSqliteEventLog({ path: join(files, 'events.db'), clock });
  const keys = openFileKeyStore({ folder: keysFolder, random });
  const planted = eggs.flatMap((egg) => egg.planted);
  const sightings: Sighting[] = [];
  try {
    const store = sealedEventStore({ log, keys, catalogue: eventCatalogue(definitions), random });
    for (const { event } of eggs) await store.append(streamFor(event), 'none', [event], derivedId('canary-command', event.type));
    sightings.push(...searchFiles([files, keysFolder], planted));
  } finally {
    await log.close();
    await keys.close();
  }
  sightings.push(...searchFiles([files, keysFolder], planted));
  return { planted, passedOver: eggs.flatMap((egg) => egg.passedOver), sightings };
};

const moment = '2026-03-02T09:15:00.000Z' as Instant;
const streamFor = ({ type }: NewEvent): StreamName => `${type.split('.')[0] ?? ''}.canary-${derivedId('canary-stream', type)}`;

const envelope = (type: string): Omit<NewEvent, 'type' | 'data'> => ({
  id: derivedId('canary-event', type),
  caseId: derivedId('canary-case', type) as string as CaseId,
  occurredAt: moment,
  actor: { user: 'canary' as UserId, role: 'practitioner', organisation: 'canary' as OrganisationId },
  purpose: 'audit',
  policy: { pack: 'canary', version: '1' },
  correlationId: derivedId('canary-correlation'),
  causationId: derivedId('canary-causation'),
});

interface Egg {
  readonly event: NewEvent;
  readonly planted: readonly Canary[];
  readonly passedOver: readonly { readonly type: string; readonly path: string }[];
}

const plant = (definition: AnyEventDefinition, random: RandomBytes): Egg => {
  const { schema, seals } = definition;
  const type = definition.type as string;
  const data = exampleOf(definition);
  const planted: Canary[] = [];
  const passedOver: { type: string; path: string }[] = [];
  const reached = new Set<readonly string[]>();
  for (const leaf of leavesOf(data, [])) {
    const seal = seals.find(({ steps }) => steps.every((step, index) => step === '*' || step === leaf.path[index]))?.steps;
    if (seal) reached.add(seal);
    const text = canaryText(random);
    const path = leaf.path.join('.');
    put(leaf, formOf(text, seal !== undefined));
    const fits = schema.safeParse(data).success;
    if (fits) planted.push({ type, path, text });
    else put(leaf, leaf.value);
    if (!fits && seal) passedOver.push({ type, path });
  }
  const missed = seals.find(({ steps }) => !reached.has(steps));
  if (missed) throw new TypeError(`${type}: no value was made for ${missed.steps.join('.')}, so no canary could be put there`);
  return { event: { ...envelope(type), type, data }, planted, passedOver };
};

/** Letters alone, so that it passes for a name, and long enough to turn up nowhere by chance. */
const canaryText = (random: RandomBytes): string =>
  `Canary${[...random(9)].map((byte) => String.fromCharCode(97 + (byte & 15), 97 + (byte >> 4))).join('')}`;

/** What may stand for it. An open value is only suspect when it takes words: a handle or an id is not where a story goes. */
const formOf = (text: string, isSealed: boolean): string => (isSealed ? text : `${text} in words`);

interface Leaf {
  readonly holder: Record<string, unknown>;
  readonly path: readonly string[];
  readonly value: unknown;
}

const leavesOf = (value: unknown, path: readonly string[]): Leaf[] =>
  Object.entries(value as Record<string, unknown>).flatMap(([name, child]) =>
    typeof child === 'object' && child !== null
      ? leavesOf(child, [...path, name])
      : [{ holder: value as Record<string, unknown>, path: [...path, name], value: child }],
  );

const put = ({ holder, path }: Leaf, value: unknown): void => {
  holder[path.at(-1)!] = value;
};

/** Looks for texts in every byte of every file below the folders: as they are, and in the forms that text takes on the way to a file. */
export const searchFiles = (folders: readonly string[], canaries: readonly Canary[]): Sighting[] =>
  folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .flatMap((entry) => {
        const bytes = readFileSync(join(entry.parentPath, entry.name));
        return canaries.flatMap((canary) => {
          const form =
            formsIn(canary.text).find(([, form]) => bytes.includes(form))?.[0] ??
            (entry.name.includes(canary.text) ? 'file name' : undefined);
          return form ? [{ ...canary, file: join(entry.parentPath, entry.name), form }] : [];
        });
      }),
  );

const formsIn = (text: string): [name: string, form: Buffer][] => {
  const bytes = Buffer.from(text);
  return [
    ['text', bytes],
    ['upper case', Buffer.from(text.toUpperCase())],
    ['lower case', Buffer.from(text.toLowerCase())],
    ['utf-16', Buffer.from(text, 'utf16le')],
    ['hexadecimal', Buffer.from(bytes.toString('hex'))],
    ['hexadecimal', Buffer.from(bytes.toString('hex').toUpperCase())],
    ...[0, 1, 2].map((shift): [string, Buffer] => ['base64', base64Within(bytes, shift)]),
  ];
};

/** What of a text is certain to show in base64 when it begins `shift` bytes into a group of three. */
const base64Within = (bytes: Buffer, shift: number): Buffer => {
  const whole = Math.floor((shift + bytes.length) / 3) * 4;
  const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
  return Buffer.from(encoded.slice(shift === 0 ? 0 : 4, whole));
};
