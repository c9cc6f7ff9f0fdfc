import { Code, PageRequest } from '@waymark/nest';
import { authorities, type Authority } from '@waymark/policy';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { stages, type Stage } from './stage.js';

/** The query string of the list of cases. */
export class CaseListRequest extends PageRequest {
  /** Empty is as good as left out: a form sends its fields even when nobody filled them in. */
  @ApiPropertyOptional({
    maxLength: 100,
    description: "Beginnings of words of a family member's name, or of the reference; all have to fit.",
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  search?: string;

  @Code(authorities, { optional: true })
  authority?: Authority;

  @Code(stages, { optional: true })
  stage?: Stage;
}
