import type { INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { AccessPolicy } from '@waymark/access';
import { ROUTE, type RouteKind } from '../http/routes.js';
import { looseParameters } from './loose-parameters.js';

/** A service is put together wrongly; found at start, never in use. */
export class WrongComposition extends Error {
  override readonly name = 'WrongComposition';
}

/**
 * What the framework itself lets pass: a second handler of a command silently replaces the first, a route that does not
 * say what it is would be served like any other, and text would be taken from an address.
 * @throws WrongComposition
 */
export const checkComposition = (app: INestApplication, policy: AccessPolicy): void => {
  const modules = [...app.get(ModulesContainer).values()];
  const faults = [
    ...doubleHandlers(modules.flatMap((module) => [...module.providers.values()].map(({ metatype }) => metatype))),
    ...routesOf(modules.flatMap((module) => [...module.controllers.values()].map(({ metatype }) => metatype))).flatMap(
      ([controller, name]) => [...undeclaredRoute(controller, name, policy), ...looseParameters(controller, name)],
    ),
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

type ControllerClass = (new () => object) & { readonly prototype: Readonly<Record<string, object>> };

/** Every handler of every controller, by its name. */
const routesOf = (controllers: readonly unknown[]): (readonly [ControllerClass, string])[] =>
  [...new Set(controllers)].flatMap((controller) => {
    if (typeof controller !== 'function') return [];
    const { prototype } = controller as ControllerClass;
    return Object.getOwnPropertyNames(prototype)
      .filter(
        (name) => name !== 'constructor' && typeof prototype[name] === 'function' && Reflect.hasMetadata(pathMetadata, prototype[name]),
      )
      .map((name) => [controller as ControllerClass, name] as const);
  });

const declarations = 'Begins, Changes, Shows, ShowsBySearch, ShowsNothingPersonal, Page, PageByForm or Open';

const undeclaredRoute = ({ name: controller, prototype }: ControllerClass, name: string, policy: AccessPolicy): string[] => {
  const route = Reflect.getMetadata(ROUTE, prototype[name] as object) as RouteKind | undefined;
  if (!route) return [`${controller}.${name} does not say what it is: use ${declarations}`];
  if (route.kind === 'open' || Object.hasOwn(policy, route.name)) return [];
  return [`${controller}.${name} says "${route.name}", which the access policy does not know: nobody could use it`];
};
