import { Code, PageRequest } from '@waymark/nest';
import { authorities, type Authority } from '@waymark/policy';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { stages, type Stage } from './stage.js';

/** The query string of the list of cases: nothing in it is about anybody. */
export class CaseListRequest extends PageRequest {
  @Code(authorities, { optional: true })
  authority?: Authority;

  @Code(stages, { optional: true })
  stage?: Stage;

  @Code(['yes', 'no'], { optional: true, description: 'A deadline of theirs passed without being met, whatever was done since (FD-03).' })
  breached?: 'yes' | 'no';
}

/** The body of a search: a name may stand here, where no history and no log keeps it. */
export class CaseSearchRequest extends CaseListRequest {
  @ApiProperty({
    maxLength: 100,
    description: "Beginnings of words of a family member's name, or of the reference; all have to fit.",
    example: 'ami had',
  })
  @IsString()
  @MaxLength(100)
  search!: string;
}
