import { Module } from '@nestjs/common';
import { ListAssessmentsController, ListAssessmentsHandler } from './assessments/list-assessments.js';
import { ConsentReader } from './consent/consent-reader.js';
import { DecideSharingController } from './consent/decide-sharing/decide-sharing.controller.js';
import { DecideSharingHandler } from './consent/decide-sharing/decide-sharing.handler.js';
import { GiveConsentController } from './consent/give-consent/give-consent.controller.js';
import { GiveConsentHandler } from './consent/give-consent/give-consent.handler.js';
import { JudgeCompetenceController } from './consent/judge-competence/judge-competence.controller.js';
import { JudgeCompetenceHandler } from './consent/judge-competence/judge-competence.handler.js';
import { JudgeRiskOnRefusalController } from './consent/judge-risk-on-refusal/judge-risk-on-refusal.controller.js';
import { JudgeRiskOnRefusalHandler } from './consent/judge-risk-on-refusal/judge-risk-on-refusal.handler.js';
import { RaiseCaseConcernController } from './consent/raise-case-concern/raise-case-concern.controller.js';
import { RaiseCaseConcernHandler } from './consent/raise-case-concern/raise-case-concern.handler.js';
import { RecordEffortToReachController } from './consent/record-effort-to-reach/record-effort-to-reach.controller.js';
import { RecordEffortToReachHandler } from './consent/record-effort-to-reach/record-effort-to-reach.handler.js';
import { RecordLawfulBasisController } from './consent/record-lawful-basis/record-lawful-basis.controller.js';
import { RecordLawfulBasisHandler } from './consent/record-lawful-basis/record-lawful-basis.handler.js';
import { RecordOtherParentController } from './consent/record-other-parent/record-other-parent.controller.js';
import { RecordOtherParentHandler } from './consent/record-other-parent/record-other-parent.handler.js';
import { RecordParentInvolvementController } from './consent/record-parent-involvement/record-parent-involvement.controller.js';
import { RecordParentInvolvementHandler } from './consent/record-parent-involvement/record-parent-involvement.handler.js';
import { RefuseConsentController } from './consent/refuse-consent/refuse-consent.controller.js';
import { RefuseConsentHandler } from './consent/refuse-consent/refuse-consent.handler.js';
import { RenewConsentController } from './consent/renew-consent/renew-consent.controller.js';
import { RenewConsentHandler } from './consent/renew-consent/renew-consent.handler.js';
import { GetLedgerEntryController, GetLedgerEntryHandler } from './consent/view/get-ledger-entry.js';
import { GetLedgerController, GetLedgerHandler } from './consent/view/get-ledger.js';
import { WithdrawConsentController } from './consent/withdraw-consent/withdraw-consent.controller.js';
import { WithdrawConsentHandler } from './consent/withdraw-consent/withdraw-consent.handler.js';
import { AgreeVersionController } from './eha/agree-version/agree-version.controller.js';
import { AgreeVersionHandler } from './eha/agree-version/agree-version.handler.js';
import { AnswerConsiderationController } from './eha/answer-consideration/answer-consideration.controller.js';
import { AnswerConsiderationHandler } from './eha/answer-consideration/answer-consideration.handler.js';
import { ContributeSectionController } from './eha/contribute-section/contribute-section.controller.js';
import { ContributeSectionHandler } from './eha/contribute-section/contribute-section.handler.js';
import { FinaliseEhaController } from './eha/finalise-eha/finalise-eha.controller.js';
import { FinaliseEhaHandler } from './eha/finalise-eha/finalise-eha.handler.js';
import { IdentifyNeedController } from './eha/identify-need/identify-need.controller.js';
import { IdentifyNeedHandler } from './eha/identify-need/identify-need.handler.js';
import { InviteFamilyMemberController } from './eha/invite-family-member/invite-family-member.controller.js';
import { InviteFamilyMemberHandler } from './eha/invite-family-member/invite-family-member.handler.js';
import { NameChildController } from './eha/name-child/name-child.controller.js';
import { NameChildHandler } from './eha/name-child/name-child.handler.js';
import { RaiseSafetyConcernController } from './eha/raise-safety-concern/raise-safety-concern.controller.js';
import { RaiseSafetyConcernHandler } from './eha/raise-safety-concern/raise-safety-concern.handler.js';
import { RecordAbsenceController } from './eha/record-absence/record-absence.controller.js';
import { RecordAbsenceHandler } from './eha/record-absence/record-absence.handler.js';
import { RecordFatherEffortController } from './eha/record-father-effort/record-father-effort.controller.js';
import { RecordFatherEffortHandler } from './eha/record-father-effort/record-father-effort.handler.js';
import { RecordHubCheckController } from './eha/record-hub-check/record-hub-check.controller.js';
import { RecordHubCheckHandler } from './eha/record-hub-check/record-hub-check.handler.js';
import { RecordLivedExperienceController } from './eha/record-lived-experience/record-lived-experience.controller.js';
import { RecordLivedExperienceHandler } from './eha/record-lived-experience/record-lived-experience.handler.js';
import { RecordNetworkController } from './eha/record-network/record-network.controller.js';
import { RecordNetworkHandler } from './eha/record-network/record-network.handler.js';
import { RecordViewController } from './eha/record-view/record-view.controller.js';
import { RecordViewHandler } from './eha/record-view/record-view.handler.js';
import { RecordVoiceController } from './eha/record-voice/record-voice.controller.js';
import { RecordVoiceHandler } from './eha/record-voice/record-voice.handler.js';
import { UpdateEhaController } from './eha/update-eha/update-eha.controller.js';
import { UpdateEhaHandler } from './eha/update-eha/update-eha.handler.js';
import { GetEhaController, GetEhaHandler } from './eha/view/get-eha.js';
import { CloseAssessmentController } from './family/close-assessment/close-assessment.controller.js';
import { CloseAssessmentHandler } from './family/close-assessment/close-assessment.handler.js';
import { OpenAssessmentController } from './family/open-assessment/open-assessment.controller.js';
import { OpenAssessmentHandler } from './family/open-assessment/open-assessment.handler.js';
import { GetFamilyAssessmentController, GetFamilyAssessmentHandler } from './family/view/get-family-assessment.js';

@Module({
  controllers: [
    OpenAssessmentController,
    CloseAssessmentController,
    NameChildController,
    InviteFamilyMemberController,
    ContributeSectionController,
    AnswerConsiderationController,
    RecordLivedExperienceController,
    RecordVoiceController,
    RecordAbsenceController,
    RecordViewController,
    IdentifyNeedController,
    RecordFatherEffortController,
    RecordNetworkController,
    AgreeVersionController,
    RecordHubCheckController,
    RaiseSafetyConcernController,
    FinaliseEhaController,
    UpdateEhaController,
    GiveConsentController,
    RefuseConsentController,
    WithdrawConsentController,
    RenewConsentController,
    JudgeCompetenceController,
    RecordParentInvolvementController,
    RecordOtherParentController,
    RecordEffortToReachController,
    JudgeRiskOnRefusalController,
    DecideSharingController,
    RecordLawfulBasisController,
    RaiseCaseConcernController,
    GetLedgerController,
    GetFamilyAssessmentController,
    GetLedgerEntryController,
    ListAssessmentsController,
    GetEhaController,
  ],
  providers: [
    ConsentReader,
    OpenAssessmentHandler,
    CloseAssessmentHandler,
    NameChildHandler,
    InviteFamilyMemberHandler,
    ContributeSectionHandler,
    AnswerConsiderationHandler,
    RecordLivedExperienceHandler,
    RecordVoiceHandler,
    RecordAbsenceHandler,
    RecordViewHandler,
    IdentifyNeedHandler,
    RecordFatherEffortHandler,
    RecordNetworkHandler,
    AgreeVersionHandler,
    RecordHubCheckHandler,
    RaiseSafetyConcernHandler,
    FinaliseEhaHandler,
    UpdateEhaHandler,
    GiveConsentHandler,
    RefuseConsentHandler,
    WithdrawConsentHandler,
    RenewConsentHandler,
    JudgeCompetenceHandler,
    RecordParentInvolvementHandler,
    RecordOtherParentHandler,
    RecordEffortToReachHandler,
    JudgeRiskOnRefusalHandler,
    DecideSharingHandler,
    RecordLawfulBasisHandler,
    RaiseCaseConcernHandler,
    GetLedgerHandler,
    GetLedgerEntryHandler,
    GetFamilyAssessmentHandler,
    ListAssessmentsHandler,
    GetEhaHandler,
  ],
})
export class AssessmentModule {}
