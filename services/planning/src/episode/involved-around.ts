import type { CommandRunner, RequestContext } from '@waymark/nest';
import { involvedIn, ownersIn, plan, taf, together, type Around } from '@waymark/planning-domain';

/** Everybody around the family: invited, there, or with an action of their own. All of them are told of a closing (EP-04). */
export const involvedAround = async (runner: CommandRunner, episodeId: string, context: RequestContext): Promise<Around> => {
  const [meetings, actions] = await Promise.all([
    runner.findOptional(taf, episodeId, context),
    runner.findOptional(plan, episodeId, context),
  ]);
  return together(involvedIn(meetings.state.subject), ownersIn(actions.state.subject));
};
