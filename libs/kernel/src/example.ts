import { z } from 'zod';
import { declarationOf } from './fields.js';
import type { AnyEventDefinition } from './event.js';
import { wrapped } from './wrapped.js';

/** How an example is filled: a text for a sealed field, by its path. */
export interface ExampleOptions {
  readonly text?: (path: string) => string;
  /** Distinguishes examples from each other; a small non-negative integer. */
  readonly seed?: number;
}

/**
 * A valid example of an event's data, every optional field present and every array with as few elements as it may have, one at least: for
 * golden files, canaries and documentation. The same options give the same example.
 * @throws TypeError for a leaf whose kind it does not know
 */
export const exampleOf = (definition: Pick<AnyEventDefinition, 'type' | 'schema'>, options: ExampleOptions = {}): unknown => {
  const text = options.text ?? ((path: string) => `Example of ${path}`);
  let ids = (options.seed ?? 0) * 1000;
  const nextId = () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`;
  return make(definition.schema, 'data', false);

  /** `clear`: within a part that is declared open as a whole, where no text is anybody's. */
  function make(node: z.ZodType, path: string, within: boolean): unknown {
    const clear = within || declarationOf(node)?.kind === 'open';
    const inside = (child: unknown, name: string) => make(child as z.ZodType, `${path}.${name}`, clear);
    const unwrapped = wrapped(node);
    if (unwrapped) return make(unwrapped, path, clear);
    if (node instanceof z.ZodUnion) return make(node.options[0] as z.ZodType, path, clear);
    if (node instanceof z.ZodArray) return Array.from({ length: leastLength(node) }, (_, index) => inside(node.element, String(index)));
    if (node instanceof z.ZodObject)
      return Object.fromEntries(Object.entries(node.shape).map(([name, child]) => [name, inside(child, name)]));
    if (node instanceof z.ZodRecord) return record(node, inside);
    return leaf(node, path, clear);
  }

  function leaf(node: z.ZodType, path: string, clear: boolean): unknown {
    if (node instanceof z.ZodEnum) return node.options[0];
    if (node instanceof z.ZodLiteral) return [...node.values][0];
    if (node instanceof z.ZodBoolean) return true;
    if (node instanceof z.ZodNumber) return Math.max(1, node.minValue ?? 1);
    const candidates = [nextId(), '2026-03-02T09:15:00.000Z', '2026-03-02', 'example-1'];
    const fitting = clear ? candidates : [text(path), ...candidates];
    const value = fitting.find((candidate) => node.safeParse(candidate).success);
    if (value === undefined) throw new TypeError(`${definition.type}: no example for ${path}`);
    return value;
  }
};

const record = ({ keyType, valueType }: z.ZodRecord, inside: (child: unknown, name: string) => unknown): unknown => {
  const keys = keyType instanceof z.ZodEnum ? keyType.options : [inside(keyType, 'key')];
  return Object.fromEntries(keys.map((key) => [String(key), inside(valueType, 'value')]));
};

const leastLength = (node: z.ZodArray): number =>
  Math.max(
    1,
    ...(node.def.checks ?? []).map((check) => {
      const { minimum, length } = check._zod.def as { minimum?: number; length?: number };
      return minimum ?? length ?? 1;
    }),
  );
