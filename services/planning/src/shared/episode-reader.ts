import { Inject, Injectable } from '@nestjs/common';
import type { CaseId, Uuid } from '@waymark/kernel';
import { CommandRunner, REACTIONS, type PlatformReactions, type RequestContext } from '@waymark/nest';
import { episode, evidenceOf, type EpisodeEvidence } from '@waymark/planning-domain';
import type { Authority } from '@waymark/policy';

/** What every command about meetings, plan and notes takes from the family's episode. */
export interface OfEpisode {
  readonly authority: Authority | 'none';
  readonly about: { readonly caseId: CaseId; readonly episodeId: Uuid };
  readonly evidence: { readonly episode: EpisodeEvidence | null };
}

const catchUpMs = 2_000;

@Injectable()
export class EpisodeReader {
  constructor(
    private readonly runner: CommandRunner,
    @Inject(REACTIONS) private readonly reactions: PlatformReactions,
  ) {}

  /**
   * The episode as it stands; 404 where there is none. What other services told a moment ago may not have reached it: whoever decides on that waits with
   * Waymark-Wait-For; what rests on consent waits for that by itself.
   */
  async of(episodeId: string, context: RequestContext): Promise<OfEpisode> {
    const found = await this.runner.find(episode, episodeId, context);
    const { state, version, caseId } = found;
    const authority = await this.runner.authorityFor(episode, found);
    return { authority, about: { caseId, episodeId: episodeId as Uuid }, evidence: { episode: evidenceOf(state.subject, version) } };
  }

  /** Not for ever: where a reaction lags, the decision is made on what is known, and says at which version that was. */
  async catchUp(): Promise<void> {
    await this.reactions.catchUp(catchUpMs);
  }
}
