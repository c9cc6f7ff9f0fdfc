import { IsInt, IsString, Length, Max, Min, ValidateIf } from 'class-validator';
import { Type } from 'class-transformer';
import { ApiPropertyOptional } from '@nestjs/swagger';

/** Left out is not null: in a body null may stand, and is neither a number nor a cursor. */
const isGiven = (_: object, value: unknown): boolean => value !== undefined;

/** The query string of a list, or what a search has of it in its body. */
export class PageRequest {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 200, default: 50 })
  @ValidateIf(isGiven)
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;

  @ApiPropertyOptional({ description: 'From the page before, as it came: no other text is a cursor.', minLength: 1, maxLength: 1000 })
  @ValidateIf(isGiven)
  @IsString()
  @Length(1, 1000)
  cursor?: string;
}

/** The part of a read-model query that a list's query string gives. */
export const pageOf = ({ limit, cursor }: PageRequest): { limit: number; cursor?: string } => ({
  limit: limit ?? 50,
  ...(cursor === undefined ? {} : { cursor }),
});
