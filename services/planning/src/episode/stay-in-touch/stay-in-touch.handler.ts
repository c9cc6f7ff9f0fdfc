import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import type { StayInTouchRequest } from './request.js';

export class StayInTouch extends ServiceCommand<StayInTouchRequest> {}

@CommandHandler(StayInTouch)
export class StayInTouchHandler implements ICommandHandler<StayInTouch> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: StayInTouch): Promise<CommandAnswer> {
    return this.runner.change(
      episode,
      id,
      ({ caseId }) => ({
        kind: 'RecordStayInTouch',
        caseId,
        episodeId: id as Uuid,
        account: request.account,
      }),
      { context, request },
    );
  }
}
