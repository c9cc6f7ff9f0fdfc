import { ApiProperty } from '@nestjs/swagger';
import { Uuid } from '@waymark/kernel';

/** What a command answers: enough to go on from, nothing personal. */
export class CommandAnswer {
  @ApiProperty({ format: 'uuid', description: 'What was begun or changed.' })
  id!: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: "The family's case; null where it is about no one family." })
  caseId!: string | null;
  @ApiProperty({ description: 'Its version now; also in the ETag header.' })
  version!: number;
  @ApiProperty({ description: 'Where the record stands now; wait for it with Waymark-Wait-For.' })
  position!: string;
  @ApiProperty({ type: [String], description: 'What happened, by event type.' })
  events!: readonly string[];
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string', format: 'uuid' },
    description: 'The ids that what happened names, for the next step: needId, hubEnquiryId.',
  })
  ids!: Readonly<Record<string, string>>;
}

/** The ids that events name in the clear. A later event of the same command says it last. */
export const idsOf = (events: readonly { readonly data: unknown }[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    events.flatMap(({ data }) =>
      Object.entries(data as object).filter(([name, value]) => name.endsWith('Id') && Uuid.safeParse(value).success),
    ),
  );
