import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Module, type Type } from '@nestjs/common';
import { does } from '@waymark/access';
import { accept, CaseId, defineEvent, LongText, sealed, type Aggregate, type Command, type DomainEvent, type Uuid } from '@waymark/kernel';
import {
  badRequest,
  Begins,
  CommandRunner,
  nobody,
  Context,
  problem,
  RecordingRequest,
  LongText as LongTextField,
  testPlatform,
  type RequestContext,
  type ServiceDefinition,
  type TestPlatform,
} from '@waymark/nest';
import type { PolicyPack } from '@waymark/policy';
import fc from 'fast-check';
import { attemptsAt } from './attempt.js';
import { routesOf, type Document } from './document.js';
import { faultsOf } from './verdict.js';

const Told = defineEvent('faulty.Told.v1', { caseId: CaseId, text: sealed(LongText, { of: 'caseId' }) }, () => 'Something was told.');
interface Tell extends Command<'Tell'> {
  readonly text: string;
}
const story: Aggregate<Tell, DomainEvent, number, PolicyPack> = {
  name: 'faulty.story',
  events: [Told],
  initial: 0,
  decide: ({ caseId, text }) => accept(Told({ caseId, text })),
  evolve: (count) => count + 1,
};

class TellRequest extends RecordingRequest {
  @LongTextField() text!: string;
}

/** One fault each, of those that the search is for. */
@Controller('api/faulty')
class FaultyController {
  constructor(private readonly runner: CommandRunner) {}

  private write(request: TellRequest, context: RequestContext): Promise<unknown> {
    const caseId = context.commandId as unknown as CaseId;
    return this.runner.begin(story, caseId, { kind: 'Tell', caseId, text: request.text }, { context, request, authority: 'peterborough' });
  }

  @Begins('sound', 'Does what it should', { does: 'faulty.tell', of: nobody })
  sound(@Body() request: TellRequest, @Context() context: RequestContext): Promise<unknown> {
    return this.write(request, context);
  }

  @Begins('echoes', 'Repeats what was sent', { does: 'faulty.tell', of: nobody })
  echoes(@Body() { text }: TellRequest): never {
    throw badRequest(`What is ${text}?`, { field: 'text' });
  }

  @Begins('writes-then-refuses', 'Writes, then refuses', { does: 'faulty.tell', of: nobody })
  async writesThenRefuses(@Body() request: TellRequest, @Context() context: RequestContext): Promise<never> {
    await this.write(request, context);
    throw badRequest('text is not wanted after all', { field: 'text' });
  }

  @Begins('breaks', 'Fails as no caller can mend', { does: 'faulty.tell', of: nobody })
  breaks(@Body() { text }: TellRequest): never {
    throw new TypeError(text);
  }

  @Begins('leaks', 'Tells in a 500 what was sent', { does: 'faulty.tell', of: nobody })
  leaks(@Body() { text }: TellRequest): never {
    throw problem([500, 'unexpected', 'Something went wrong'], `TypeError: ${text}`);
  }

  @Begins('names-nothing', 'Refuses without a field', { does: 'faulty.tell', of: nobody })
  namesNothing(@Body() _request: TellRequest): never {
    throw badRequest('Something is wrong.');
  }

  @Begins('misnames', 'Refuses with a field that has no name', { does: 'faulty.tell', of: nobody })
  misnames(@Body() _request: TellRequest): never {
    throw problem([422, 'odd', 'Odd'], 'Something is wrong.', { field: 'undefined.' });
  }
}

@Module({ controllers: [FaultyController] })
class FaultyModule {}
const faulty: ServiceDefinition = {
  name: 'faulty',
  module: FaultyModule as Type,
  aggregates: [story],
  events: [Told],
  publishes: { contracts: [], publish: () => [] },
  projections: [],
  replicas: [],
  workflows: [],
  access: does('faulty.tell', 'professional'),
};

describe('the search itself, as a negative control', () => {
  let platform: TestPlatform;
  let document: Document;
  beforeAll(async () => {
    platform = await testPlatform([faulty], { now: '2026-03-16T10:00:00Z' });
    document = (await platform.raw({ method: 'GET', url: '/api/openapi.json' })).body as Document;
  });
  afterAll(() => platform.stop());

  it.each([
    ['echoes', 'repeats what was sent'],
    ['writes-then-refuses', 'wrote something and refused'],
    ['breaks', 'answers 500'],
    ['leaks', 'repeats what was sent'],
    ['names-nothing', 'names no field'],
    ['misnames', 'names a field that has no name'],
    ['sound', 'nothing'],
  ])('finds of a route that %s: %s', async (name, fault) => {
    const route = routesOf(document).find(({ path }) => path === `/api/faulty/${name}`);
    if (!route) throw new Error('there is no such route');
    const known = { id: ['0192f3a0-0000-7000-8000-000000000001' as Uuid] };
    const found = new Set<string>(['nothing']);
    const property = fc.asyncProperty(attemptsAt(route, { document, known }), async (attempt) => {
      for (const one of await faultsOf(platform, attempt)) found.add(one);
    });
    await fc.assert(property, { seed: 7, numRuns: 40 });
    expect([...found].at(-1)).toBe(fault);
  });
});
