import { HttpCode, Post, SetMetadata, type Type } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { operation, operationOn } from '../access/subject.js';
import { recordsHeaders, ROUTE, type RouteKind } from '../http/routes.js';

interface Operating {
  readonly answers: 200 | 202;
  /** The parameter that holds the id of the person or case that it concerns, for the access log. */
  readonly on?: string;
}

/** Operates, and records nothing about a family: no version to match, nobody's data in the answer. */
export const Operates =
  (path: string, summary: string, { answers: status, on }: Operating) =>
  (target: object, name: string, descriptor: PropertyDescriptor) => {
    const answer = status === 202 ? ApiAcceptedResponse() : ApiOkResponse();
    for (const decorate of [
      Post(path),
      HttpCode(status),
      SetMetadata(ROUTE, {
        kind: 'command',
        name: 'platform.operate',
        of: on ? operationOn(on) : operation,
        changes: false,
      } satisfies RouteKind),
      ApiOperation({ summary }),
      ...recordsHeaders,
      answer,
    ])
      decorate(target, name, descriptor);
  };

const pascal = (name: string): string => name.replaceAll(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());

/** A controller that every service has: operations are named after the controller, and each needs a name of its own. */
export const nameFor = (service: string, controller: Type): void => {
  Object.defineProperty(controller, 'name', { value: `${pascal(service)}${controller.name}` });
};
