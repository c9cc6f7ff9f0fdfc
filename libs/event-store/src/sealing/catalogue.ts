import { outlineOf, type AnyEventDefinition, type Upcast } from '@waymark/kernel';
import { compilePlan, sealedField, type CompiledPlan } from './plan.js';
import { splitOf, type Split } from './split.js';

/** A type of event as it may be stored, and the newest type that it reads as. */
export interface StoredType {
  readonly type: string;
  readonly plan: CompiledPlan;
  /** The quick way to check and take apart what is written; none where only the schema can judge. */
  readonly split: Split | undefined;
  /** As which it reads: its own or a later version. */
  readonly newest: string;
  /** The newest definition. */
  readonly definition: AnyEventDefinition;
  /** From the stored data to the newest, step by step; none for the newest type itself. */
  readonly steps: readonly Upcast['to'][];
}

/** Every type of event that this deployment knows. */
export interface EventCatalogue {
  /** The newest definitions, which alone are written. */
  readonly definitions: readonly AnyEventDefinition[];
  /** Any type that may be stored; undefined when it is not known. */
  stored(type: string): StoredType | undefined;
  /** The prefixes, with those of earlier types that read as a type they let through. */
  widen(typePrefixes: readonly string[]): readonly string[];
}

const typeOf = (definition: AnyEventDefinition): string => definition.type as string;

/**
 * @throws TypeError when a type is defined twice, is the earlier version of two, or upcasts run in a circle
 */
export const eventCatalogue = (definitions: readonly AnyEventDefinition[]): EventCatalogue => {
  const byType = new Map<string, AnyEventDefinition>();
  const next = new Map<string, { upcast: Upcast; into: AnyEventDefinition }>();
  for (const definition of definitions) {
    if (byType.has(typeOf(definition))) throw new TypeError(`event type ${typeOf(definition)} is defined twice`);
    if (sealedField in definition.schema.shape)
      throw new TypeError(`event type ${typeOf(definition)}: no field may be called ${sealedField}`);
    byType.set(typeOf(definition), definition);
    for (const upcast of definition.upcasts) {
      if (next.has(upcast.from)) throw new TypeError(`event type ${upcast.from} is the earlier version of two`);
      next.set(upcast.from, { upcast, into: definition });
    }
  }
  const stored = new Map<string, StoredType>();
  for (const type of new Set([...byType.keys(), ...next.keys()])) stored.set(type, resolve(type));
  const earlier = [...stored.values()].filter(({ steps }) => steps.length > 0);
  return {
    definitions: definitions.filter((definition) => !next.has(typeOf(definition))),
    stored: (type) => stored.get(type),
    widen: (prefixes) => [
      ...prefixes,
      ...earlier.filter(({ newest }) => prefixes.some((prefix) => newest.startsWith(prefix))).map(({ type }) => type),
    ],
  };

  function resolve(type: string): StoredType {
    const steps: Upcast['to'][] = [];
    let newest = type;
    for (let step = next.get(newest); step; step = next.get(newest)) {
      if (steps.push(step.upcast.to) > next.size) throw new TypeError(`the upcasts of ${type} run in a circle`);
      newest = typeOf(step.into);
    }
    const definition = byType.get(newest)!;
    const plan = compilePlan(type, next.get(type)?.upcast.seals ?? definition.seals);
    const split = steps.length === 0 ? splitOf(outlineOf(definition.schema), type, plan) : undefined;
    return { type, newest, plan, split, definition, steps };
  }
};
