import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { day, type Uuid } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import type { SetStayInTouchRequest } from './request.js';

export class SetStayInTouch extends ServiceCommand<SetStayInTouchRequest> {}

@CommandHandler(SetStayInTouch)
export class SetStayInTouchHandler implements ICommandHandler<SetStayInTouch> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: SetStayInTouch): Promise<CommandAnswer> {
    return this.runner.change(
      episode,
      id,
      ({ caseId }) => ({
        kind: 'SetStayInTouch',
        caseId,
        episodeId: id as Uuid,
        on: day(request.on),
      }),
      { context, request },
    );
  }
}
