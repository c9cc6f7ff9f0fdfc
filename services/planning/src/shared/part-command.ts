import { Command } from '@nestjs/cqrs';
import type { CommandAnswer, RequestContext } from '@waymark/nest';

/** A request about a part of an episode: a meeting, an action, a note, a service. */
export abstract class PartCommand<Request> extends Command<CommandAnswer> {
  constructor(
    readonly episodeId: string,
    readonly partId: string,
    readonly request: Request,
    readonly context: RequestContext,
  ) {
    super();
  }
}
