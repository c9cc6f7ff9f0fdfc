import { Injectable } from '@nestjs/common';
import type { CaseId, Uuid } from '@waymark/kernel';
import { CaseRecords, type RequestContext } from '@waymark/nest';
import { EpisodeReader } from '../shared/episode-reader.js';
import { episodesCollection, type EpisodeEntry } from './episodes.projection.js';

@Injectable()
export class OpenEpisodes {
  constructor(
    private readonly records: CaseRecords,
    private readonly episodes: EpisodeReader,
  ) {}

  /** An open episode of the family other than this one, once everything recorded by now has reached the list; null where there is none. */
  async besides(episodeId: string, caseId: CaseId, context: RequestContext): Promise<Uuid | null> {
    await this.episodes.catchUp();
    const where = [{ field: 'status', is: 'open' }];
    const open = await this.records.documents<EpisodeEntry>(episodesCollection, { caseId, where }, context);
    return (open.find(({ id }) => id !== episodeId)?.id as Uuid | undefined) ?? null;
  }
}
