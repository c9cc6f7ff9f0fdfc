import { Body, Controller } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { derivedId } from '@waymark/kernel';
import { AnswersWith, Begins, Context, type CommandAnswer, type RequestContext, caseNamedBy } from '@waymark/nest';
import { ContactAnswer } from './answer.js';
import { ReceiveContact } from './receive-contact.handler.js';
import { ReceiveContactRequest } from './request.js';

@ApiTags('referral: contacts')
@Controller('api/referral/contacts')
export class ReceiveContactController {
  constructor(private readonly commands: CommandBus) {}

  @AnswersWith(ContactAnswer)
  @Begins('', 'Make a contact about a child; every contact is taken and acknowledged (FD-01)', {
    does: 'contact.make',
    of: caseNamedBy('referral', 'caseId', 'or new'),
  })
  receive(@Body() request: ReceiveContactRequest, @Context() context: RequestContext): Promise<CommandAnswer> {
    return this.commands.execute(new ReceiveContact(derivedId(context.commandId, 'contact'), request, context));
  }
}
