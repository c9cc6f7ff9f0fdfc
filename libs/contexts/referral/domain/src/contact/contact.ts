import type { Aggregate } from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import type { ContactCommand } from './commands.js';
import { decide } from './decide.js';
import { contactEvents, type ContactEvent } from './events.js';
import { evolve } from './evolve.js';
import { noContact, type Contact } from './state.js';

/** One contact about a child: received, triaged, its maker told. Streams `referral.contact-<contact>`. */
export const contact: Aggregate<ContactCommand, ContactEvent, Contact, PolicyPack> = {
  name: 'referral.contact',
  events: contactEvents,
  initial: noContact,
  decide,
  evolve,
};
