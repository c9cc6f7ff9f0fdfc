import { ApiProperty } from '@nestjs/swagger';

/** What a command answers: enough to go on from, nothing personal. */
export class CommandAnswer {
  @ApiProperty({ format: 'uuid', description: 'What was begun or changed.' })
  id!: string;
  @ApiProperty({ format: 'uuid', description: "The family's case." })
  caseId!: string;
  @ApiProperty({ description: 'Its version now; also in the ETag header.' })
  version!: number;
  @ApiProperty({ description: 'Where the record stands now; wait for it with Waymark-Wait-For.' })
  position!: string;
  @ApiProperty({ type: [String], description: 'What happened, by event type.' })
  events!: readonly string[];
}
