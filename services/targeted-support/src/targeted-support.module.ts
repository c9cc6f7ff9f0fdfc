import { Module } from '@nestjs/common';
import { EvidenceReader } from './replicas/evidence-reader.js';
import { GetRequestController, GetRequestHandler } from './request/get-request.js';
import { ProvideInformationController } from './request/provide-information.js';
import { SubmitRequestController } from './request/submit-request.js';
import { TriageRequestController } from './request/triage-request.js';
import { WithdrawRequestController } from './request/withdraw-request.js';
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
  providers: [EvidenceReader, ListRequestsHandler, GetRequestHandler],
})
export class TargetedSupportModule {}
