import type { RequestListener } from 'node:http';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { TerminusModule } from '@nestjs/terminus';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessGuard } from '../access/access.guard.js';
import { ClockController } from '../clock/clock.controller.js';
import { AuthorityInForce } from '../commands/authority-in-force.js';
import { BeginHandler } from '../commands/begin.js';
import { ChangeHandler } from '../commands/change.js';
import { CommandExecution } from '../commands/command-execution.js';
import { CommandRunner } from '../commands/command-runner.js';
import { document } from '../documentation/documentation.js';
import { answers as platformAnswers } from '../documentation/platform-answers.js';
import { CaseAuthorities } from '../erasure/case-authorities.js';
import { erasuresOf } from '../erasure/erasure.controller.js';
import { HealthController } from '../health/health.controller.js';
import { Acceptable } from '../http/acceptable.js';
import { AnswerHeaders } from '../http/answer-headers.js';
import { RequestStagesInterceptor } from '../http/request-stages.interceptor.js';
import { readForms } from '../http/forms.js';
import { KnownParameters } from '../http/known-parameters.js';
import { readJson } from '../http/json-body.js';
import { refuseOtherMethods } from '../http/other-methods.js';
import { ValidationPipe } from '../http/validation.pipe.js';
import { readableWaitFor, WaitForPosition } from '../http/wait-for-position.js';
import { Idempotency } from '../idempotency/idempotency.js';
import { IdentityGuard } from '../identity/identity.guard.js';
import { countEvents } from '../operation/count-events.js';
import { KEYS, keysOf } from '../operation/keys.controller.js';
import { operationOf } from '../operation/operation.controller.js';
import { Rebuilds } from '../operation/rebuilds.js';
import { Rewrapping } from '../operation/rewrapping.js';
import { brokenRequest } from '../problems/broken-request.js';
import { ProblemFilter, unreadableAddress } from '../problems/problem.filter.js';
import { checkComposition } from './boot-checks.js';
import type { Front } from './front.js';
import { platformProviders } from './injection.js';
import type { Platform } from './platform.js';

const bodyLimitBytes = 1024 * 1024;

@Module({})
class PlatformModule {}

const platformModule = (platform: Platform): DynamicModule => ({
  module: PlatformModule,
  global: true,
  imports: [CqrsModule.forRoot(), TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController, ClockController],
  providers: [...platformProviders(platform), CommandRunner, BeginHandler, ChangeHandler, CommandExecution, AuthorityInForce],
  exports: [...platformProviders(platform), CommandRunner, CqrsModule],
});

@Module({})
class OperationModule {}

const longestCatchUpMs = 2_000;

/** The last of the modules, so that the API's description ends with it. */
const operationModule = ({ services, reactions, clock, engines, rewrapping }: Platform): DynamicModule => ({
  module: OperationModule,
  controllers: services.flatMap(({ name }) => [operationOf(name), erasuresOf(name), keysOf(name)]),
  providers: [
    { provide: KEYS, useValue: engines.keys },
    { provide: Rewrapping, useValue: rewrapping },
    {
      provide: CaseAuthorities,
      useValue: new CaseAuthorities({
        services,
        readModels: engines.readModels,
        clock,
        catchUp: () => reactions.catchUp(longestCatchUpMs),
      }),
    },
    { provide: Rebuilds, useValue: new Rebuilds({ reactions, count: (projection) => countEvents(engines.store, projection), clock }) },
  ],
});

/**
 * Builds the HTTP edge over a platform. Listening and reactions are the caller's.
 * @param front listens already, and opens when the caller says so; absent where `listen` is called
 */
export const createHttpApp = async (platform: Platform, title: string, front?: Front): Promise<NestFastifyApplication> => {
  const modules: (Type | DynamicModule)[] = [
    platformModule(platform),
    ...platform.services.map(({ module }) => module),
    operationModule(platform),
  ];
  @Module({ imports: modules })
  class Root {}
  const adapter = new FastifyAdapter({
    bodyLimit: bodyLimitBytes,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: unreadableAddress,
    clientErrorHandler: brokenRequest,
    ...(front ? { serverFactory: (handler: RequestListener) => front.prepare(handler) } : {}),
  });
  const app = await NestFactory.create<NestFastifyApplication>(Root, adapter, { logger: false, abortOnError: false, bodyParser: false });
  const { config, clock, ids, logger } = platform;
  const reflector = app.get(Reflector);
  app.useGlobalGuards(new IdentityGuard(reflector, { profile: config.profile, clock, ids }), new AccessGuard(reflector, platform.gate));
  app.useGlobalInterceptors(
    new RequestStagesInterceptor([
      new Acceptable(reflector),
      readableWaitFor,
      new Idempotency({ reflector, store: platform.engines.idempotency, secret: platform.secret }),
      new KnownParameters(reflector),
      new WaitForPosition(
        (position, timeoutMs) => platform.reactions.waitFor(position, timeoutMs),
        () => platform.engines.store.head(),
      ),
      new AnswerHeaders(),
    ]),
  );
  app.useGlobalPipes(new ValidationPipe());
  app.useGlobalFilters(new ProblemFilter(logger));
  observe(app, platform);
  const http = app.getHttpAdapter().getInstance();
  readForms(http);
  readJson(http);
  const refuseOthers = refuseOtherMethods(http);
  checkComposition(app, platform.policy);
  document(app, title, [platformAnswers, ...platform.services.flatMap(({ answers = [] }) => answers)]);
  await app.init();
  refuseOthers();
  await http.ready();
  return app;
};

/** Safe headers on every answer; each request measured and logged by its route's template: never its address, body or headers. */
const observe = (app: NestFastifyApplication, { metrics, logger }: Platform): void => {
  const http = app.getHttpAdapter().getInstance();
  http.addHook('onSend', async (request: FastifyRequest, reply: FastifyReply) => {
    void reply.headers({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'x-frame-options': 'DENY' });
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    await Promise.resolve(request);
  });
  http.addHook('onResponse', async (request: FastifyRequest, reply: FastifyReply) => {
    const route = request.routeOptions.url ?? 'none';
    const seconds = reply.elapsedTime / 1000;
    metrics.requests.observe({ method: request.method, route, status: String(reply.statusCode) }, seconds);
    logger.info({ method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request');
    await Promise.resolve();
  });
};
