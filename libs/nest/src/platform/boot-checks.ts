import type { INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { ROUTE } from '../http/routes.js';

/** A service is put together wrongly; found at start, never in use. */
export class WrongComposition extends Error {
  override readonly name = 'WrongComposition';
}

/**
 * What the framework itself lets pass: a second handler of a command silently replaces the first, and a route that does not
 * say what it is would be served like any other.
 * @throws WrongComposition
 */
export const checkComposition = (app: INestApplication): void => {
  const modules = [...app.get(ModulesContainer).values()];
  const faults = [
    ...doubleHandlers(modules.flatMap((module) => [...module.providers.values()].map(({ metatype }) => metatype))),
    ...undeclaredRoutes(modules.flatMap((module) => [...module.controllers.values()].map(({ metatype }) => metatype))),
  ];
  if (faults.length > 0) throw new WrongComposition(faults.join('\n'));
};

// The names under which @nestjs/cqrs and @nestjs/common keep what their decorators say; checked by the specs with a wrong composition.
const handlerMetadata = ['__commandHandler__', '__queryHandler__'];
const pathMetadata = 'path';

const doubleHandlers = (providers: readonly unknown[]): string[] => {
  const handlers = new Map<unknown, string>();
  const faults: string[] = [];
  for (const provider of new Set(providers)) {
    if (typeof provider !== 'function') continue;
    for (const key of handlerMetadata) {
      const handled: unknown = Reflect.getMetadata(key, provider);
      if (typeof handled !== 'function') continue;
      const other = handlers.get(handled);
      if (other) faults.push(`${handled.name} has two handlers: ${other} and ${provider.name}`);
      handlers.set(handled, provider.name);
    }
  }
  return faults;
};

const undeclaredRoutes = (controllers: readonly unknown[]): string[] =>
  [...new Set(controllers)].flatMap((controller) => {
    if (typeof controller !== 'function') return [];
    const prototype = controller.prototype as Record<string, unknown>;
    return Object.getOwnPropertyNames(prototype)
      .filter((name) => name !== 'constructor' && typeof prototype[name] === 'function')
      .filter(
        (name) => Reflect.hasMetadata(pathMetadata, prototype[name] as object) && !Reflect.hasMetadata(ROUTE, prototype[name] as object),
      )
      .map((name) => `${controller.name}.${name} does not say what it is: use Begins, Changes, Shows, ShowsNothingPersonal or Open`);
  });
