import { Body, Controller, Module, Param } from '@nestjs/common';
import { Query, QueryBus, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import {
  accept,
  CaseId,
  defineEvent,
  derivedId,
  LongText,
  refuse,
  sealed,
  type Aggregate,
  type Command,
  type DomainEvent,
} from '@waymark/kernel';
import { does, shows } from '@waymark/access';
import type { PolicyPack } from '@waymark/policy';
import { projection } from '@waymark/event-processing';
import {
  Begins,
  caseCollection,
  caseEntry,
  caseOf,
  Changes,
  CommandRunner,
  Context,
  IdParameter,
  ShortText,
  operation,
  Page,
  PageByForm,
  RecordingRequest,
  Shows,
  ShowsBySearch,
  LongText as LongTextField,
  type CommandAnswer,
  type RequestContext,
  type ServiceDefinition,
} from '../src/index.js';

/** The smallest service that there can be: a notebook of a case. */
export const Noted = defineEvent(
  'notebook.Noted.v1',
  { caseId: CaseId, text: sealed(LongText, { of: 'caseId' }) },
  () => 'A note was made.',
);

/** A book's case is new with it. */
const cases = projection({
  name: 'notebook.case-directory',
  collections: [caseCollection('notebook')],
  handles: [Noted],
  opens: [],
  project: ({ data: { caseId }, occurredAt }, documents) => documents.put('notebook.cases', caseEntry(caseId, 'peterborough', occurredAt)),
});

interface Note extends Command<'Note'> {
  readonly text: string;
}
type NotedEvent = DomainEvent<'notebook.Noted.v1', { caseId: CaseId; text: string }>;

export const notebook: Aggregate<Note, NotedEvent, { notes: number }, PolicyPack> = {
  name: 'notebook.book',
  events: [Noted],
  initial: { notes: 0 },
  decide: ({ caseId, text }) =>
    text === 'never'
      ? refuse('GEN-03', 'This note cannot be made; write another one.', { field: 'text' })
      : accept(Noted({ caseId, text }) as NotedEvent),
  evolve: ({ notes }) => ({ notes: notes + 1 }),
};

export class NoteRequest extends RecordingRequest {
  @LongTextField() text!: string;
}
export class SearchRequest {
  @ShortText() text!: string;
}

export class GetBook extends Query<{ id: string; version: number; notes: number }> {
  constructor(
    readonly id: string,
    readonly context: RequestContext,
  ) {
    super();
  }
}

@QueryHandler(GetBook)
export class GetBookHandler implements IQueryHandler<GetBook> {
  constructor(private readonly runner: CommandRunner) {}
  async execute({ id, context }: GetBook): Promise<{ id: string; version: number; notes: number }> {
    const { state, version } = await this.runner.find(notebook, id, context);
    return { id, version, notes: state.notes };
  }
}

@Controller('api/notebook/books')
export class BookController {
  constructor(
    private readonly commands: CommandRunner,
    private readonly queries: QueryBus,
  ) {}

  @Begins('', 'Begin a book', { does: 'notebook.write', of: operation })
  begin(@Body() request: NoteRequest, @Context() context: RequestContext): Promise<CommandAnswer> {
    const bookId = derivedId(context.commandId, 'book');
    const caseId = derivedId(bookId, 'case') as unknown as CaseId;
    const intent = { kind: 'Note', caseId, text: request.text } as const;
    return this.commands.begin(notebook, bookId, intent, { context, request, authority: 'peterborough' });
  }

  @Changes(':id/notes', 'Add a note', { does: 'notebook.write', of: operation })
  add(@Param('id', IdParameter) id: string, @Body() request: NoteRequest, @Context() context: RequestContext): Promise<CommandAnswer> {
    return this.commands.change(notebook, id, ({ caseId }) => ({ kind: 'Note', caseId, text: request.text }), { context, request });
  }

  @Shows(':id', 'A book', { shows: 'a notebook', of: caseOf(notebook, 'id') })
  get(@Param('id', IdParameter) id: string, @Context() context: RequestContext): Promise<object> {
    return this.queries.execute(new GetBook(id, context));
  }

  @ShowsBySearch('search', 'The books in which a text stands', { shows: 'a notebook', of: operation })
  search(@Body() { text }: SearchRequest): object {
    return { items: [text] };
  }
}

@Controller('notebook')
export class NotebookPages {
  @Page('', { shows: 'a notebook', of: operation })
  show(@Context() { actor, purpose }: RequestContext): object {
    return { by: actor, purpose };
  }

  @PageByForm('', { shows: 'a notebook', of: operation })
  search(@Body() form: object): object {
    return { form };
  }
}

@Module({ controllers: [BookController, NotebookPages], providers: [GetBookHandler] })
export class NotebookModule {}

export const notebookService: ServiceDefinition = {
  name: 'notebook',
  module: NotebookModule,
  aggregates: [notebook],
  events: [Noted],
  publishes: { contracts: [], publish: () => [] },
  projections: [cases],
  replicas: [],
  workflows: [],
  access: { ...does('notebook.write', 'professional'), ...shows('a notebook', 'notebook.read', 'professionalOrAuditor') },
};
