import { Moment, Integer } from '@waymark/nest';
import { Type } from 'class-transformer';

/** The query string of a case's state: as it is now, or one of these. */
export class StateRequest {
  @Type(() => Number)
  @Integer({ optional: true, min: 1, max: 1_000_000, description: 'The version of the case, as its chronology numbers it.' })
  version?: number;

  @Moment({ optional: true, description: 'As it was known then.', example: '2026-04-20T12:00:00Z' })
  asKnownAt?: string;
}
