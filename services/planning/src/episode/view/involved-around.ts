import type { CommandRunner } from '@waymark/nest';
import { involvedIn, ownersIn, plan, taf, together, type Around } from '@waymark/planning-domain';

/** Everybody around the family: invited, there, or with an action of their own. All of them are told of a closing (EP-04). */
export const involvedAround = async (runner: CommandRunner, episodeId: string): Promise<Around> => {
  const [meetings, actions] = await Promise.all([runner.peek(taf, episodeId), runner.peek(plan, episodeId)]);
  return together(involvedIn(meetings.state.subject), ownersIn(actions.state.subject));
};
