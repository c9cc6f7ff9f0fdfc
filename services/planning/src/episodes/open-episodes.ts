import { Inject, Injectable } from '@nestjs/common';
import type { CaseId, Uuid } from '@waymark/kernel';
import { READ_MODELS } from '@waymark/nest';
import type { ReadModelStore } from '@waymark/read-model';
import { EpisodeReader } from '../shared/episode-reader.js';
import { episodesCollection, type EpisodeEntry } from './episodes.projection.js';

@Injectable()
export class OpenEpisodes {
  constructor(
    @Inject(READ_MODELS) private readonly readModels: ReadModelStore,
    private readonly episodes: EpisodeReader,
  ) {}

  /** An open episode of the family other than this one, once everything recorded by now has reached the list; null where there is none. */
  async besides(episodeId: string, caseId: CaseId): Promise<Uuid | null> {
    await this.episodes.catchUp();
    const where = [
      { field: 'caseId', is: caseId },
      { field: 'status', is: 'open' },
    ];
    const { items } = await this.readModels.find<EpisodeEntry>(episodesCollection, { where, limit: 2 });
    return (items.find(({ id }) => id !== episodeId)?.id as Uuid | undefined) ?? null;
  }
}
