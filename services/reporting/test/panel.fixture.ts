import { Body, Controller, Module, Param } from '@nestjs/common';
import { does } from '@waymark/access';
import { deadlineEvents, setDeadline, timed, type DeadlineCommand, type DeadlineEvent, type Timed } from '@waymark/deadlines';
import {
  accept,
  code,
  count,
  defineEvent,
  derivedId,
  LongText,
  never,
  ofCase,
  revealText,
  sealed,
  Uuid,
  type Aggregate,
  type CaseId,
  type Command,
  type EventOf,
  type Instant,
  type Workflow,
} from '@waymark/kernel';
import {
  Begins,
  caseCollection,
  caseEntry,
  Changes,
  CommandRunner,
  Context,
  replica,
  IdParameter,
  operation,
  RecordingRequest,
  LongText as LongTextField,
  type CommandAnswer,
  type RequestContext,
  type ServiceDefinition,
} from '@waymark/nest';
import { authorities, type Authority, type PolicyPack } from '@waymark/policy';
import { contactReceived, referralContracts } from '@waymark/referral-contracts';

/** A panel of one authority: one stream, whose decisions are of several families, and some of none. */
const deadlines = deadlineEvents('board', { 'TS-04': 'tell the family what the panel decided' });
export const PanelOpened = defineEvent(
  'board.PanelOpened.v1',
  { panelId: Uuid, authority: code(authorities) },
  () => 'A panel was opened.',
);
export const PanelHeld = defineEvent('board.PanelHeld.v1', { panelId: Uuid, discussed: count() }, () => 'The panel met.');
export const FamilyDiscussed = defineEvent(
  'board.FamilyDiscussed.v1',
  { panelId: Uuid, decision: sealed(LongText, { of: 'caseId' }) },
  ({ decision }) => `The panel decided: ${revealText(decision)}`,
);
export const LetterSent = defineEvent('board.LetterSent.v1', { panelId: Uuid }, () => 'A letter was sent.');
export const panelEvents = [PanelOpened, PanelHeld, FamilyDiscussed, LetterSent, ...Object.values(deadlines)];

type Own = EventOf<typeof PanelOpened> | EventOf<typeof PanelHeld> | EventOf<typeof FamilyDiscussed> | EventOf<typeof LetterSent>;

interface OpenPanel extends Command<'OpenPanel', null> {
  readonly panelId: Uuid;
  readonly authority: Authority;
}
interface HoldPanel extends Command<'HoldPanel', null> {
  readonly panelId: Uuid;
  readonly families: readonly { readonly caseId: CaseId; readonly decision: string }[];
  readonly tellBy: Instant;
}
/** To a family about its decision, or to nobody in particular: the minutes. */
interface SendLetter extends Command<'SendLetter', CaseId | null> {
  readonly panelId: Uuid;
}
type PanelCommand = OpenPanel | HoldPanel | SendLetter;
interface Panel {
  readonly authority: Authority | undefined;
  readonly letters: number;
}

export const panel: Aggregate<PanelCommand | DeadlineCommand<CaseId | null>, Own | DeadlineEvent<'board'>, Timed<Panel>, PolicyPack> = {
  name: 'board.panel',
  events: panelEvents,
  authorityOf: ({ subject }) => subject.authority,
  ...timed<'board', PanelCommand, Own, Panel, PolicyPack>(deadlines, {
    initial: { authority: undefined, letters: 0 },
    decide: (command, _state, _pack, known) => {
      const { panelId } = command;
      switch (command.kind) {
        case 'OpenPanel':
          return accept(PanelOpened({ panelId, authority: command.authority }));
        case 'HoldPanel':
          return accept<Own | DeadlineEvent<'board'>>(
            PanelHeld({ panelId, discussed: command.families.length }),
            ...command.families.flatMap(({ caseId, decision }) => {
              const due = { owner: panelId, rule: 'TS-04', about: caseId as unknown as Uuid, dueAt: command.tellBy };
              return [ofCase(caseId, FamilyDiscussed({ panelId, decision })), ofCase(caseId, setDeadline(deadlines, known, due))];
            }),
          );
        case 'SendLetter':
          return accept(LetterSent({ panelId }));
        default:
          return never(command);
      }
    },
    evolve: (state, event) => {
      if (event.type === PanelOpened.type) return { ...state, authority: event.data.authority };
      return event.type === LetterSent.type ? { ...state, letters: state.letters + 1 } : state;
    },
  }),
};

/** Tells each family, and sends the minutes round. */
export const letters: Workflow<EventOf<typeof PanelHeld> | EventOf<typeof FamilyDiscussed>, Record<string, never>> = {
  name: 'letters',
  instance: ({ data }) => data.panelId,
  initial: {},
  react: (state, { data: { panelId }, caseId }) => ({
    state,
    issues: [{ aggregate: 'board.panel', id: panelId, command: { kind: 'SendLetter', caseId, ...{ panelId } } }],
  }),
};

export class HoldRequest extends RecordingRequest {
  @LongTextField() decisions!: string;
}

/** A decision a line: the case's id, and what was decided. */
const familiesIn = (decisions: string): HoldPanel['families'] =>
  decisions.split('\n').map((line) => ({ caseId: line.slice(0, 36) as CaseId, decision: line.slice(37) }));

@Controller('api/board/panels')
class PanelController {
  constructor(private readonly runner: CommandRunner) {}

  @Begins('', 'Open a panel', { does: 'panel.run', of: operation })
  open(@Body() request: RecordingRequest, @Context() context: RequestContext): Promise<CommandAnswer> {
    const panelId = derivedId(context.commandId, 'panel');
    const authority = 'cambridgeshire';
    return this.runner.begin(panel, panelId, { kind: 'OpenPanel', caseId: null, panelId, authority }, { context, request, authority });
  }

  @Changes(':panelId/meeting', 'Hold the panel', { does: 'panel.run', of: operation })
  hold(
    @Param('panelId', IdParameter) panelId: string,
    @Body() request: HoldRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const tellBy = '2026-03-09T17:00:00.000Z' as Instant;
    return this.runner.change(
      panel,
      panelId,
      () => ({ kind: 'HoldPanel', caseId: null, panelId: panelId as Uuid, families: familiesIn(request.decisions), tellBy }),
      { context, request },
    );
  }
}

@Module({ controllers: [PanelController] })
class BoardModule {}

const cases = caseCollection('board');

export const boardService: ServiceDefinition = {
  name: 'board',
  module: BoardModule,
  aggregates: [panel],
  events: panelEvents,
  deadlines,
  publishes: { contracts: [], publish: () => [] },
  projections: [],
  replicas: [
    replica({
      name: 'board.cases-copy',
      collections: [cases],
      takes: [contactReceived],
      outOf: referralContracts,
      take: ({ data: { caseId, authority, receivedAt } }, documents) =>
        documents.put(cases.name, caseEntry(caseId, authority as Authority, receivedAt)),
    }),
  ],
  workflows: [{ workflow: letters, over: 'own-events', handles: [PanelHeld, FamilyDiscussed] }],
  access: does('panel.run', 'professional'),
};
