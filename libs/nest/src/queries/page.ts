import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { Type } from 'class-transformer';
import { ApiPropertyOptional } from '@nestjs/swagger';

/** The query string of a list. */
export class PageRequest {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 200, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;

  @ApiPropertyOptional({ description: 'From the page before, as it came: no other text is a cursor.', minLength: 1, maxLength: 1000 })
  @IsOptional()
  @IsString()
  @Length(1, 1000)
  cursor?: string;
}

/** The part of a read-model query that a list's query string gives. */
export const pageOf = ({ limit, cursor }: PageRequest): { limit: number; cursor?: string } => ({
  limit: limit ?? 50,
  ...(cursor === undefined ? {} : { cursor }),
});
