import { Command } from '@nestjs/cqrs';
import type { RequestContext } from '../identity/request-context.js';
import type { CommandAnswer } from './answer.js';

/** A request on its way through the command bus: what is asked, of which record, by whom. */
export abstract class ServiceCommand<Request> extends Command<CommandAnswer> {
  constructor(
    /** The record's id; for something that begins, the id it is to have. */
    readonly id: string,
    readonly request: Request,
    readonly context: RequestContext,
  ) {
    super();
  }
}
