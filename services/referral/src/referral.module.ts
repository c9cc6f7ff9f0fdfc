import { Module } from '@nestjs/common';
import { ReceiveContactController } from './contact/receive-contact/receive-contact.controller.js';
import { ReceiveContactHandler } from './contact/receive-contact/receive-contact.handler.js';
import { RequestMashEnquiryController } from './contact/request-mash-enquiry/request-mash-enquiry.controller.js';
import { RequestMashEnquiryHandler } from './contact/request-mash-enquiry/request-mash-enquiry.handler.js';
import { TriageContactController } from './contact/triage-contact/triage-contact.controller.js';
import { TriageContactHandler } from './contact/triage-contact/triage-contact.handler.js';
import { GetContactController, GetContactHandler } from './contact/view/get-contact.js';
import { DecideHubEnquiryController } from './hub-enquiry/decide-hub-enquiry/decide-hub-enquiry.controller.js';
import { DecideHubEnquiryHandler } from './hub-enquiry/decide-hub-enquiry/decide-hub-enquiry.handler.js';
import { GetHubEnquiryController, GetHubEnquiryHandler } from './hub-enquiry/view/get-hub-enquiry.js';
import { ListContactsController, ListContactsHandler } from './inbox/list-contacts.js';
import { AskAgencyController } from './mash-enquiry/ask-agency/ask-agency.controller.js';
import { AskAgencyHandler } from './mash-enquiry/ask-agency/ask-agency.handler.js';
import { DecideMashEnquiryController } from './mash-enquiry/decide-mash-enquiry/decide-mash-enquiry.controller.js';
import { DecideMashEnquiryHandler } from './mash-enquiry/decide-mash-enquiry/decide-mash-enquiry.handler.js';
import { RecordAgencyReplyController } from './mash-enquiry/record-agency-reply/record-agency-reply.controller.js';
import { RecordAgencyReplyHandler } from './mash-enquiry/record-agency-reply/record-agency-reply.handler.js';
import { GetMashEnquiryController, GetMashEnquiryHandler } from './mash-enquiry/view/get-mash-enquiry.js';

@Module({
  controllers: [
    ListContactsController,
    ReceiveContactController,
    TriageContactController,
    RequestMashEnquiryController,
    GetContactController,
    AskAgencyController,
    RecordAgencyReplyController,
    DecideMashEnquiryController,
    GetMashEnquiryController,
    DecideHubEnquiryController,
    GetHubEnquiryController,
  ],
  providers: [
    ListContactsHandler,
    ReceiveContactHandler,
    TriageContactHandler,
    RequestMashEnquiryHandler,
    GetContactHandler,
    AskAgencyHandler,
    RecordAgencyReplyHandler,
    DecideMashEnquiryHandler,
    GetMashEnquiryHandler,
    DecideHubEnquiryHandler,
    GetHubEnquiryHandler,
  ],
})
export class ReferralModule {}
