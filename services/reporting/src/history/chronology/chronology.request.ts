import { Moment, PageRequest, Integer } from '@waymark/nest';
import { Type } from 'class-transformer';

/** The query string of a chronology. */
export class ChronologyRequest extends PageRequest {
  @Moment({ optional: true, description: 'Only what was recorded by then: the case as it was known.', example: '2026-04-20T12:00:00Z' })
  asKnownAt?: string;

  @Type(() => Number)
  @Integer({ optional: true, min: 1, max: 1_000_000, description: 'Only up to this version of the case.' })
  to?: number;
}
