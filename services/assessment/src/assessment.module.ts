import { Module } from '@nestjs/common';
import { ListAssessmentsController, ListAssessmentsHandler } from './assessments/list-assessments.js';
import { ConsentReader } from './consent/consent-reader.js';
import { DecideSharingController } from './consent/decide-sharing.js';
import { GetLedgerEntryController, GetLedgerEntryHandler } from './consent/get-ledger-entry.js';
import { GetLedgerController, GetLedgerHandler } from './consent/get-ledger.js';
import { GiveConsentController } from './consent/give-consent.js';
import { JudgeCompetenceController } from './consent/judge-competence.js';
import { JudgeRiskOnRefusalController } from './consent/judge-risk-on-refusal.js';
import { RaiseCaseConcernController } from './consent/raise-case-concern.js';
import { RecordEffortToReachController } from './consent/record-effort-to-reach.js';
import { RecordLawfulBasisController } from './consent/record-lawful-basis.js';
import { RecordOtherParentController } from './consent/record-other-parent.js';
import { RecordParentInvolvementController } from './consent/record-parent-involvement.js';
import { RefuseConsentController } from './consent/refuse-consent.js';
import { RenewConsentController } from './consent/renew-consent.js';
import { WithdrawConsentController } from './consent/withdraw-consent.js';
import { AgreeVersionController } from './eha/agree-version.js';
import { AnswerConsiderationController } from './eha/answer-consideration.js';
import { ContributeSectionController } from './eha/contribute-section.js';
import { FinaliseEhaController } from './eha/finalise-eha.js';
import { GetEhaController, GetEhaHandler } from './eha/get-eha.js';
import { IdentifyNeedController } from './eha/identify-need.js';
import { InviteFamilyMemberController } from './eha/invite-family-member.js';
import { NameChildController } from './eha/name-child.js';
import { RaiseSafetyConcernController } from './eha/raise-safety-concern.js';
import { RecordAbsenceController } from './eha/record-absence.js';
import { RecordFatherEffortController } from './eha/record-father-effort.js';
import { RecordHubCheckController } from './eha/record-hub-check.js';
import { RecordLivedExperienceController } from './eha/record-lived-experience.js';
import { RecordNetworkController } from './eha/record-network.js';
import { RecordViewController } from './eha/record-view.js';
import { RecordVoiceController } from './eha/record-voice.js';
import { UpdateEhaController } from './eha/update-eha.js';
import { CloseAssessmentController } from './family/close-assessment.js';
import { GetFamilyAssessmentController, GetFamilyAssessmentHandler } from './family/get-family-assessment.js';
import { OpenAssessmentController } from './family/open-assessment.js';

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
  providers: [ConsentReader, GetLedgerHandler, GetLedgerEntryHandler, GetFamilyAssessmentHandler, ListAssessmentsHandler, GetEhaHandler],
})
export class AssessmentModule {}
