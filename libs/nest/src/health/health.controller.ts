import { Controller, Get, Inject, Res, ServiceUnavailableException } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { HealthCheck, HealthCheckService, HealthIndicatorService, type HealthCheckResult } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { Open } from '../http/routes.js';
import type { PlatformMetrics } from './metrics.js';

export const READINESS = Symbol('readiness');
export const METRICS = Symbol('metrics');

/** Whether the platform can serve: `ready`, or why not. */
export type Readiness = () => Promise<{ readonly ready: boolean; readonly detail: Readonly<Record<string, string | number | boolean>> }>;

@ApiTags('operation')
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    @Inject(READINESS) private readonly readiness: Readiness,
    @Inject(METRICS) private readonly metrics: PlatformMetrics,
  ) {}

  @Get('health/live')
  @Open()
  @ApiOperation({ summary: 'Whether the process runs' })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('health/ready')
  @Open()
  @HealthCheck({ swaggerDocumentation: false })
  @ApiOperation({ summary: 'Whether it can serve: the store answers and every reaction runs' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthCheckResult> {
    try {
      return await this.health.check([
        async () => {
          const { ready, detail } = await this.readiness();
          const check = this.indicators.check('platform');
          return ready ? check.up(detail) : check.down(detail);
        },
      ]);
    } catch (error) {
      // Why it is not ready is the answer, not a problem to be wrapped.
      if (!(error instanceof ServiceUnavailableException)) throw error;
      void reply.status(503).header('retry-after', '2');
      return error.getResponse() as HealthCheckResult;
    }
  }

  @Get('metrics')
  @Open()
  @ApiOperation({ summary: 'Measurements in the Prometheus format' })
  async measurements(@Res() reply: FastifyReply): Promise<void> {
    await this.readiness();
    void reply.header('content-type', this.metrics.registry.contentType).send(await this.metrics.registry.metrics());
  }
}
