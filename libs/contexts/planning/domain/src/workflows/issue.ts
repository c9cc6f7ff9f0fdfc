import type { Intent, Issue, Uuid } from '@waymark/kernel';
import type { EpisodeCommand } from '../episode/commands.js';
import type { PlanCommand } from '../plan/commands.js';
import type { TafCommand } from '../taf/commands.js';

/** The commands of each aggregate that a workflow may issue. */
interface Commands {
  'planning.episode': EpisodeCommand;
  'planning.taf': TafCommand;
  'planning.plan': PlanCommand;
}

/** A command for an aggregate of an episode, which goes by the episode's id; checked against what that aggregate takes. */
export const issue = <A extends keyof Commands>(aggregate: A, command: Intent<Commands[A]> & { readonly episodeId: Uuid }): Issue => ({
  aggregate,
  id: command.episodeId,
  command,
});
