import { Module } from '@nestjs/common';
import { ConsentReader } from './copies/consent-reader.js';
import { ListDeadlinesController, ListDeadlinesHandler } from './deadlines/list-deadlines.js';
import { ListEpisodesController, ListEpisodesHandler } from './episodes/list-episodes.js';
import { OpenEpisodes } from './episodes/open-episodes.js';
import { EpisodeReader } from './shared/episode-reader.js';
import { ConfirmLeadProfessionalController } from './episode/confirm-lead-professional/confirm-lead-professional.controller.js';
import { ConfirmLeadProfessionalHandler } from './episode/confirm-lead-professional/confirm-lead-professional.handler.js';
import { ProposeLeadProfessionalController } from './episode/propose-lead-professional/propose-lead-professional.controller.js';
import { ProposeLeadProfessionalHandler } from './episode/propose-lead-professional/propose-lead-professional.handler.js';
import { AcceptLeadProfessionalController } from './episode/accept-lead-professional/accept-lead-professional.controller.js';
import { AcceptLeadProfessionalHandler } from './episode/accept-lead-professional/accept-lead-professional.handler.js';
import { DeclineLeadProfessionalController } from './episode/decline-lead-professional/decline-lead-professional.controller.js';
import { WithdrawProposalController, WithdrawProposalHandler } from './episode/withdraw-proposal/withdraw-proposal.js';
import { DeclineLeadProfessionalHandler } from './episode/decline-lead-professional/decline-lead-professional.handler.js';
import { InvolveServiceController } from './episode/involve-service/involve-service.controller.js';
import { InvolveServiceHandler } from './episode/involve-service/involve-service.handler.js';
import { EndServiceController } from './episode/end-service/end-service.controller.js';
import { EndServiceHandler } from './episode/end-service/end-service.handler.js';
import { CheckInController } from './episode/check-in/check-in.controller.js';
import { CheckInHandler } from './episode/check-in/check-in.handler.js';
import { RecordSupervisionController } from './episode/record-supervision/record-supervision.controller.js';
import { RecordSupervisionHandler } from './episode/record-supervision/record-supervision.handler.js';
import { CloseEpisodeController } from './episode/close-episode/close-episode.controller.js';
import { CloseEpisodeHandler } from './episode/close-episode/close-episode.handler.js';
import { ReopenEpisodeController } from './episode/reopen-episode/reopen-episode.controller.js';
import { ReopenEpisodeHandler } from './episode/reopen-episode/reopen-episode.handler.js';
import { SetStayInTouchController } from './episode/set-stay-in-touch/set-stay-in-touch.controller.js';
import { SetStayInTouchHandler } from './episode/set-stay-in-touch/set-stay-in-touch.handler.js';
import { StayInTouchController } from './episode/stay-in-touch/stay-in-touch.controller.js';
import { StayInTouchHandler } from './episode/stay-in-touch/stay-in-touch.handler.js';
import { RecordFeedbackController } from './episode/record-feedback/record-feedback.controller.js';
import { RecordFeedbackHandler } from './episode/record-feedback/record-feedback.handler.js';
import { AgreeMeetingController } from './meeting/agree-meeting/agree-meeting.controller.js';
import { AgreeMeetingHandler } from './meeting/agree-meeting/agree-meeting.handler.js';
import { AgreeInviteesController } from './meeting/agree-invitees/agree-invitees.controller.js';
import { AgreeInviteesHandler } from './meeting/agree-invitees/agree-invitees.handler.js';
import { InviteController } from './meeting/invite/invite.controller.js';
import { InviteHandler } from './meeting/invite/invite.handler.js';
import { RecordViewsController } from './meeting/record-views/record-views.controller.js';
import { RecordViewsHandler } from './meeting/record-views/record-views.handler.js';
import { HoldMeetingController } from './meeting/hold-meeting/hold-meeting.controller.js';
import { HoldMeetingHandler } from './meeting/hold-meeting/hold-meeting.handler.js';
import { ShareRecordController } from './meeting/share-record/share-record.controller.js';
import { ShareRecordHandler } from './meeting/share-record/share-record.handler.js';
import { StateGoalController } from './plan/state-goal/state-goal.controller.js';
import { StateGoalHandler } from './plan/state-goal/state-goal.handler.js';
import { AgreeActionController } from './plan/agree-action/agree-action.controller.js';
import { AgreeActionHandler } from './plan/agree-action/agree-action.handler.js';
import { ReviseActionController } from './plan/revise-action/revise-action.controller.js';
import { ReviseActionHandler } from './plan/revise-action/revise-action.handler.js';
import { CompleteActionController } from './plan/complete-action/complete-action.controller.js';
import { CompleteActionHandler } from './plan/complete-action/complete-action.handler.js';
import { EndActionController } from './plan/end-action/end-action.controller.js';
import { EndActionHandler } from './plan/end-action/end-action.handler.js';
import { RaiseNonDeliveryController } from './plan/raise-non-delivery/raise-non-delivery.controller.js';
import { RaiseNonDeliveryHandler } from './plan/raise-non-delivery/raise-non-delivery.handler.js';
import { AnswerForNonDeliveryController } from './plan/answer-for-non-delivery/answer-for-non-delivery.controller.js';
import { AnswerForNonDeliveryHandler } from './plan/answer-for-non-delivery/answer-for-non-delivery.handler.js';
import { AddNoteController } from './notes/add-note/add-note.controller.js';
import { AddNoteHandler } from './notes/add-note/add-note.handler.js';
import { CorrectNoteController } from './notes/correct-note/correct-note.controller.js';
import { CorrectNoteHandler } from './notes/correct-note/correct-note.handler.js';
import { GetEpisodeController, GetEpisodeHandler } from './episode/view/get-episode.js';
import { GetMeetingsController, GetMeetingsHandler } from './meeting/view/get-meetings.js';
import { GetMeetingController, GetMeetingHandler } from './meeting/view/get-meeting.js';
import { GetPlanController, GetPlanHandler } from './plan/view/get-plan.js';
import { GetNotesController, GetNotesHandler } from './notes/view/get-notes.js';

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
    ConfirmLeadProfessionalHandler,
    ProposeLeadProfessionalHandler,
    AcceptLeadProfessionalHandler,
    DeclineLeadProfessionalHandler,
    WithdrawProposalHandler,
    InvolveServiceHandler,
    EndServiceHandler,
    CheckInHandler,
    RecordSupervisionHandler,
    CloseEpisodeHandler,
    ReopenEpisodeHandler,
    SetStayInTouchHandler,
    StayInTouchHandler,
    RecordFeedbackHandler,
    AgreeMeetingHandler,
    AgreeInviteesHandler,
    InviteHandler,
    RecordViewsHandler,
    HoldMeetingHandler,
    ShareRecordHandler,
    StateGoalHandler,
    AgreeActionHandler,
    ReviseActionHandler,
    CompleteActionHandler,
    EndActionHandler,
    RaiseNonDeliveryHandler,
    AnswerForNonDeliveryHandler,
    AddNoteHandler,
    CorrectNoteHandler,
    GetEpisodeHandler,
    GetMeetingsHandler,
    GetMeetingHandler,
    GetPlanHandler,
    GetNotesHandler,
  ],
})
export class PlanningModule {}
