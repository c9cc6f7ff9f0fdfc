import { ApiProperty } from '@nestjs/swagger';
import { CommandAnswer } from '@waymark/nest';

export class PersonOfContact {
  @ApiProperty({ format: 'uuid' }) personId!: string;
}

/** What whoever made a contact goes on with: the reference to quote, and the ids of the people in it. */
export class ContactAnswer extends CommandAnswer {
  @ApiProperty({ description: 'To quote when somebody asks about the contact.', example: 'EH-4F7K2M9Q' }) reference!: string;
  @ApiProperty({ type: PersonOfContact }) child!: PersonOfContact;
  @ApiProperty({ type: [PersonOfContact], description: 'In the order of the request.' }) household!: readonly PersonOfContact[];
}
