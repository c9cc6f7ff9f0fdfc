import { Module } from '@nestjs/common';
import { ConsentReader } from './replicas/consent-reader.js';
import { ListDeadlinesController, ListDeadlinesHandler } from './deadlines/list-deadlines.js';
import { AcceptLeadProfessionalController } from './episode/accept-lead-professional.js';
import { CheckInController } from './episode/check-in.js';
import { CloseEpisodeController } from './episode/close-episode.js';
import { ConfirmLeadProfessionalController } from './episode/confirm-lead-professional.js';
import { DeclineLeadProfessionalController } from './episode/decline-lead-professional.js';
import { EndServiceController } from './episode/end-service.js';
import { GetEpisodeController, GetEpisodeHandler } from './episode/get-episode.js';
import { InvolveServiceController } from './episode/involve-service.js';
import { ProposeLeadProfessionalController } from './episode/propose-lead-professional.js';
import { RecordFeedbackController } from './episode/record-feedback.js';
import { RecordSupervisionController } from './episode/record-supervision.js';
import { ReopenEpisodeController } from './episode/reopen-episode.js';
import { SetStayInTouchController } from './episode/set-stay-in-touch.js';
import { StayInTouchController } from './episode/stay-in-touch.js';
import { WithdrawProposalController } from './episode/withdraw-proposal.js';
import { ListEpisodesController, ListEpisodesHandler } from './episodes/list-episodes.js';
import { OpenEpisodes } from './episodes/open-episodes.js';
import { AgreeInviteesController } from './meeting/agree-invitees.js';
import { AgreeMeetingController } from './meeting/agree-meeting.js';
import { GetMeetingController, GetMeetingHandler } from './meeting/get-meeting.js';
import { GetMeetingsController, GetMeetingsHandler } from './meeting/get-meetings.js';
import { HoldMeetingController } from './meeting/hold-meeting.js';
import { InviteController } from './meeting/invite.js';
import { RecordViewsController } from './meeting/record-views.js';
import { ShareRecordController } from './meeting/share-record.js';
import { AddNoteController } from './notes/add-note.js';
import { CorrectNoteController } from './notes/correct-note.js';
import { GetNotesController, GetNotesHandler } from './notes/get-notes.js';
import { AgreeActionController } from './plan/agree-action.js';
import { AnswerForNonDeliveryController } from './plan/answer-for-non-delivery.js';
import { CompleteActionController } from './plan/complete-action.js';
import { EndActionController } from './plan/end-action.js';
import { GetPlanController, GetPlanHandler } from './plan/get-plan.js';
import { RaiseNonDeliveryController } from './plan/raise-non-delivery.js';
import { ReviseActionController } from './plan/revise-action.js';
import { StateGoalController } from './plan/state-goal.js';
import { EpisodeReader } from './shared/episode-reader.js';

@Module({
  controllers: [
    ListEpisodesController,
    ListDeadlinesController,
    ConfirmLeadProfessionalController,
    ProposeLeadProfessionalController,
    AcceptLeadProfessionalController,
    DeclineLeadProfessionalController,
    WithdrawProposalController,
    InvolveServiceController,
    EndServiceController,
    CheckInController,
    RecordSupervisionController,
    CloseEpisodeController,
    ReopenEpisodeController,
    SetStayInTouchController,
    StayInTouchController,
    RecordFeedbackController,
    AgreeMeetingController,
    AgreeInviteesController,
    InviteController,
    RecordViewsController,
    HoldMeetingController,
    ShareRecordController,
    StateGoalController,
    AgreeActionController,
    ReviseActionController,
    CompleteActionController,
    EndActionController,
    RaiseNonDeliveryController,
    AnswerForNonDeliveryController,
    AddNoteController,
    CorrectNoteController,
    GetEpisodeController,
    GetMeetingsController,
    GetMeetingController,
    GetPlanController,
    GetNotesController,
  ],
  providers: [
    EpisodeReader,
    OpenEpisodes,
    ConsentReader,
    ListEpisodesHandler,
    ListDeadlinesHandler,
    GetEpisodeHandler,
    GetMeetingsHandler,
    GetMeetingHandler,
    GetPlanHandler,
    GetNotesHandler,
  ],
})
export class PlanningModule {}
