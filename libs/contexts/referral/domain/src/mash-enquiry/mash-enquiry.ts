import { timed, type DeadlineCommand, type DeadlineEvent, type Timed } from '@waymark/deadlines';
import type { Aggregate } from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import { referralDeadlines } from '../deadlines.js';
import type { MashEnquiryCommand } from './commands.js';
import { decide } from './decide.js';
import { mashEnquiryEvents, type MashEnquiryEvent } from './events.js';
import { evolve } from './evolve.js';
import { noEnquiry, type MashEnquiry } from './state.js';

/** A MASH enquiry on a contact, decided within 72 hours of its receipt. Streams `referral.mash-enquiry-<enquiry>`. */
export const mashEnquiry: Aggregate<
  MashEnquiryCommand | DeadlineCommand,
  MashEnquiryEvent | DeadlineEvent<'referral'>,
  Timed<MashEnquiry>,
  PolicyPack
> = {
  name: 'referral.mash-enquiry',
  events: mashEnquiryEvents,
  ...timed<'referral', MashEnquiryCommand, MashEnquiryEvent, MashEnquiry, PolicyPack>(referralDeadlines, {
    initial: noEnquiry,
    decide,
    evolve,
  }),
};
