import type { Command, OrganisationId, PersonId, Uuid } from '@waymark/kernel';
import type { Evidence } from './evidence.js';
import type { SpecialistService } from './specialist-services.js';

export const panelReasons = ['complex', 'wider-discussion'] as const;
export const supportProviders = ['targeted-support-team', 'commissioned-provider'] as const;

/** TS-04: the four ways on. */
export type Triage =
  | {
      readonly outcome: 'allocate-directly';
      readonly provider: (typeof supportProviders)[number];
      readonly organisation: OrganisationId;
      /** One of the pack's kinds of support (TS-05). */
      readonly supportKind: string;
    }
  | {
      readonly outcome: 'send-to-panel';
      /** One of the pack's panels. */ readonly panel: string;
      readonly because: (typeof panelReasons)[number];
    }
  | { readonly outcome: 'return-for-information'; readonly asked: string }
  | { readonly outcome: 'signpost'; readonly to: string };

interface OfRequest {
  readonly requestId: Uuid;
  readonly evidence: Evidence;
}

export interface SubmitRequest extends Command<'SubmitRequest'>, OfRequest {
  /** Needs of the assessment that the request names. */
  readonly needs: readonly Uuid[];
  /** Kinds of support of the pack (TS-05). */
  readonly kinds: readonly string[];
  readonly persons: readonly PersonId[];
  /** The organisations that the request is shared with (TS-03). */
  readonly sharedWith: readonly OrganisationId[];
  readonly specialistServices: readonly SpecialistService[];
  readonly hopedFor: string;
}

export interface TriageRequest extends Command<'TriageRequest'>, OfRequest {
  readonly triage: Triage;
  readonly reasons: string;
  readonly specialistServices: readonly SpecialistService[];
}

/** Answers a return; what it does not name anew stays as it was asked. */
export interface ProvideInformation extends Command<'ProvideInformation'>, OfRequest {
  readonly information: string;
  readonly needs?: readonly Uuid[];
  readonly kinds?: readonly string[];
  readonly sharedWith?: readonly OrganisationId[];
}

export interface WithdrawRequest extends Command<'WithdrawRequest'>, OfRequest {
  readonly reasons: string;
}

export type RequestCommand = SubmitRequest | TriageRequest | ProvideInformation | WithdrawRequest;
