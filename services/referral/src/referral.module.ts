import { Module } from '@nestjs/common';
import { GetContactController, GetContactHandler } from './contact/get-contact.js';
import { ReceiveContactController } from './contact/receive-contact.js';
import { RequestMashEnquiryController } from './contact/request-mash-enquiry.js';
import { TriageContactController } from './contact/triage-contact.js';
import { DecideHubEnquiryController } from './hub-enquiry/decide-hub-enquiry.js';
import { GetHubEnquiryController, GetHubEnquiryHandler } from './hub-enquiry/get-hub-enquiry.js';
import { ListContactsController, ListContactsHandler } from './inbox/list-contacts.js';
import { AskAgencyController } from './mash-enquiry/ask-agency.js';
import { DecideMashEnquiryController } from './mash-enquiry/decide-mash-enquiry.js';
import { GetMashEnquiryController, GetMashEnquiryHandler } from './mash-enquiry/get-mash-enquiry.js';
import { RecordAgencyReplyController } from './mash-enquiry/record-agency-reply.js';

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
  providers: [ListContactsHandler, GetContactHandler, GetMashEnquiryHandler, GetHubEnquiryHandler],
})
export class ReferralModule {}
