import { restsOnConsent, thenRestingOnConsent, type CarriesConsent, type RestsOnConsent } from '@waymark/consent';
import type { Aggregate } from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import type { RequestCommand } from './commands.js';
import { consentNeeds } from './consent-needs.js';
import { decide } from './decide.js';
import { requestEvents, type RequestEvent } from './events.js';
import { evolve } from './evolve.js';
import { notSubmitted, type Request } from './state.js';

/** A request for Targeted Support: `targeted-support.request-<requestId>`. */
export const request: Aggregate<RequestCommand & CarriesConsent, RequestEvent, Request, PolicyPack> & RestsOnConsent = {
  name: 'targeted-support.request',
  events: requestEvents,
  initial: notSubmitted,
  decide: thenRestingOnConsent(consentNeeds, decide),
  evolve,
  restsOnConsent: restsOnConsent(consentNeeds),
};
