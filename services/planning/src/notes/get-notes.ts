import { Controller, Param } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Recorded } from '@waymark/event-store';
import type { Sealed } from '@waymark/kernel';
import { CaseRecords, Context, IdParameter, Shows, caseOf, type RequestContext } from '@waymark/nest';
import { episode, notes, type NotesEvent } from '@waymark/planning-domain';
import { EpisodeReader } from '../shared/episode-reader.js';

interface NoteView {
  readonly noteId: string;
  readonly text: Sealed<string>;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly by: { readonly user: string; readonly role: string; readonly organisation: string };
  /** The entry that this one corrects, and why. */
  readonly corrects?: string;
  readonly why?: Sealed<string>;
  /** The entry that corrects this one: whoever reads the one sees the other (GEN-03). */
  readonly correctedBy: string | null;
}

interface NotesView {
  readonly id: string;
  readonly caseId: string;
  readonly version: number;
  readonly notes: readonly NoteView[];
}

export class GetNotes extends Query<NotesView> {
  constructor(
    readonly episodeId: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@QueryHandler(GetNotes)
export class GetNotesHandler implements IQueryHandler<GetNotes> {
  constructor(
    private readonly episodes: EpisodeReader,
    private readonly records: CaseRecords,
  ) {}

  async execute({ episodeId, context }: GetNotes): Promise<NotesView> {
    const { about } = await this.episodes.of(episodeId, context);
    const events = await this.records.events(notes, episodeId, context);
    return { id: episodeId, caseId: about.caseId, version: events.at(-1)?.version ?? 0, notes: entries(events) };
  }
}

const entries = (events: readonly Recorded[]): readonly NoteView[] => {
  const told = events as unknown as readonly (Omit<Recorded, 'type' | 'data'> & NotesEvent)[];
  return told.map(({ data, occurredAt, recordedAt, actor: by }) => ({
    ...{ noteId: data.noteId, text: data.text, occurredAt, recordedAt, by },
    ...('corrects' in data ? { corrects: data.corrects, why: data.why } : {}),
    correctedBy: told.find((later) => 'corrects' in later.data && later.data.corrects === data.noteId)?.data.noteId ?? null,
  }));
};

@ApiTags('planning: case notes')
@Controller('api/planning/episodes/:episodeId/notes')
export class GetNotesController {
  constructor(private readonly queries: QueryBus) {}

  @Shows('', 'The case notes of an episode, each with what corrects it', {
    shows: "a family's case notes",
    of: caseOf(episode, 'episodeId'),
  })
  get(@Param('episodeId', IdParameter) episodeId: string, @Context() context: RequestContext): Promise<NotesView> {
    return this.queries.execute(new GetNotes(episodeId, context));
  }
}
