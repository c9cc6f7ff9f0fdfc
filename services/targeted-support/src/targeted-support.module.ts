import { Module } from '@nestjs/common';
import { EvidenceReader } from './copies/evidence-reader.js';
import { ProvideInformationController } from './request/provide-information/provide-information.controller.js';
import { ProvideInformationHandler } from './request/provide-information/provide-information.handler.js';
import { SubmitRequestController } from './request/submit-request/submit-request.controller.js';
import { SubmitRequestHandler } from './request/submit-request/submit-request.handler.js';
import { TriageRequestController } from './request/triage-request/triage-request.controller.js';
import { TriageRequestHandler } from './request/triage-request/triage-request.handler.js';
import { GetRequestController, GetRequestHandler } from './request/view/get-request.js';
import { WithdrawRequestController } from './request/withdraw-request/withdraw-request.controller.js';
import { WithdrawRequestHandler } from './request/withdraw-request/withdraw-request.handler.js';
import { ListRequestsController, ListRequestsHandler } from './requests/list-requests.js';

@Module({
  controllers: [
    ListRequestsController,
    SubmitRequestController,
    TriageRequestController,
    ProvideInformationController,
    WithdrawRequestController,
    GetRequestController,
  ],
  providers: [
    EvidenceReader,
    ListRequestsHandler,
    SubmitRequestHandler,
    TriageRequestHandler,
    ProvideInformationHandler,
    WithdrawRequestHandler,
    GetRequestHandler,
  ],
})
export class TargetedSupportModule {}
