import { Body, Controller, Delete, Get, HttpCode, Inject, Put, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { EventStore } from '@waymark/event-store';
import { instant, type Instant } from '@waymark/kernel';
import type { FastifyReply } from 'fastify';
import { CLOCK } from '../commands/tokens.js';
import { Moment } from '../fields/fields.js';
import { Open } from '../http/routes.js';
import { problem } from '../problems/problem.js';
import { EVENT_STORE } from '../engines/tokens.js';
import { AdjustableClock } from './adjustable-clock.js';
import { CausalClock } from './causal-clock.js';

export const AFTER_CLOCK_MOVED = Symbol('after clock moved');

class ClockRequest {
  @Moment({ description: 'The moment that it is to be; time runs on from there.', example: '2026-03-02T09:15:00Z' })
  now!: string;
}
class ClockAnswer {
  @ApiProperty({ format: 'date-time' })
  now!: Instant;
  @ApiProperty({ required: false, description: 'Where the clock is ahead of the machine: what cannot be undone by moving it back.' })
  note?: string;
}

const ahead =
  'This is ahead of the real time. Deadlines that pass meanwhile are recorded as missed for good, and moving the clock back does not undo it: for a fresh start stop Waymark and delete the data folder.';

/** Moves the platform's clock, so that a process of months can run in seconds. Only the development profile has a clock that moves. */
@ApiTags('development')
@Controller('dev/clock')
export class ClockController {
  constructor(
    @Inject(CLOCK) private readonly clock: { now(): Instant },
    /** Lets everything that is due at the new moment happen before the answer. */
    @Inject(AFTER_CLOCK_MOVED) private readonly settle: () => Promise<void>,
    @Inject(EVENT_STORE) private readonly store: Pick<EventStore, 'head'>,
  ) {}

  @Get()
  @Open()
  @ApiOperation({ summary: 'What time it is here' })
  @ApiOkResponse({ type: ClockAnswer })
  read(): ClockAnswer {
    const clock = this.underlying();
    return { now: this.clock.now(), ...(clock instanceof AdjustableClock && clock.isAhead ? { note: ahead } : {}) };
  }

  @Put()
  @Open()
  @ApiOperation({ summary: 'Development profile only: set the clock; deadlines up to then are fired before the answer' })
  @ApiOkResponse({ type: ClockAnswer })
  async set(@Body() request: ClockRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<ClockAnswer> {
    this.adjustable().set(instant(request.now));
    return this.settled(reply);
  }

  @Delete()
  @Open()
  @HttpCode(200)
  @ApiOperation({ summary: "Development profile only: back to the machine's time" })
  @ApiOkResponse({ type: ClockAnswer })
  async release(@Res({ passthrough: true }) reply: FastifyReply): Promise<ClockAnswer> {
    this.adjustable().release();
    return this.settled(reply);
  }

  /** What the move caused is in the event log up to this position; requests to other services can wait for it. */
  private async settled(reply: FastifyReply): Promise<ClockAnswer> {
    await this.settle();
    const head = await this.store.head();
    if (head !== 'start') void reply.header('waymark-position', head);
    return this.read();
  }

  private adjustable(): AdjustableClock {
    const clock = this.underlying();
    if (clock instanceof AdjustableClock) return clock;
    throw problem([403, 'clock-is-fixed', 'The clock cannot be set'], 'Only the development profile has a clock that can be set.');
  }

  private underlying(): { now(): Instant } {
    return this.clock instanceof CausalClock ? this.clock.underlying : this.clock;
  }
}
