import { ROUTE, type RouteKind } from '../http/routes.js';

// How @nestjs/common keeps what a handler takes: `<kind>:<index>`, 4 for a query string and 5 for a part of the path. Checked by the specs.
const argumentsMetadata = '__routeArguments__';
const fromQuery = '4';
const fromPath = '5';

interface Taken {
  /** Its name; absent where all of them are taken together. */
  readonly data?: string;
  readonly pipes?: readonly unknown[];
}

/**
 * What a route takes from its address without saying what it may be. Addresses stand in histories and logs, so no text belongs there:
 * a part of the path goes through a pipe, a query string into a request class. Pages are left out; they answer whatever they are sent.
 */
export const looseParameters = (controller: { readonly name: string; readonly prototype: object }, route: string): string[] => {
  const handler = (controller.prototype as Readonly<Record<string, object>>)[route] as object;
  if ((Reflect.getMetadata(ROUTE, handler) as RouteKind | undefined)?.kind === 'page') return [];
  const taken = (Reflect.getMetadata(argumentsMetadata, controller, route) ?? {}) as Readonly<Record<string, Taken>>;
  return Object.entries(taken).flatMap(([key, { data, pipes = [] }]) => {
    const where = key.split(':')[0];
    const isLoose = where === fromPath ? pipes.length === 0 : where === fromQuery && data !== undefined;
    return isLoose ? [`${controller.name}.${route} takes ${data ?? 'all'} from the address as it comes: ${mend}`] : [];
  });
};

const mend = 'use IdParameter, NameParameter or CodeParameter for a part of the path, and a request class for the query string';
