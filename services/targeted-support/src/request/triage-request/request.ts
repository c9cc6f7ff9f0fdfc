import { Code, CodeList, Conditions, Handle, onlyWith, Part, RecordingRequest, Story } from '@waymark/nest';
import { outcomes, panelReasons, specialistServices, supportProviders, type SpecialistService } from '@waymark/targeted-support-domain';
import { OnlyFor } from './only-for.js';

export class AllocationRequest {
  @Code(supportProviders) provider!: (typeof supportProviders)[number];
  @Handle({ description: 'The team or provider; the additional consent reaches it (TS-03).' }) organisation!: string;
  @Handle({ description: "The kind of support, by the authority's codes (TS-05)." }) supportKind!: string;
}

export class PanelRequest {
  @Handle({ description: "One of the authority's panels.", example: 'masg' }) panel!: string;
  @Code(panelReasons) because!: (typeof panelReasons)[number];
}

@Conditions(
  onlyWith('outcome', {
    'allocate-directly': 'allocation',
    'send-to-panel': 'panel',
    'return-for-information': 'asked',
    signpost: 'signpostTo',
  }),
)
export class TriageRequestRequest extends RecordingRequest {
  @Code(outcomes) outcome!: (typeof outcomes)[number];
  @Story({ optional: true, description: 'Why; a triage without reasons is refused (TS-04).' }) reasons?: string;
  @OnlyFor('allocate-directly', Part(() => AllocationRequest))
  allocation?: AllocationRequest;
  @OnlyFor('send-to-panel', Part(() => PanelRequest))
  panel?: PanelRequest;
  @OnlyFor('return-for-information', Story()) asked?: string;
  @OnlyFor('signpost', Story()) signpostTo?: string;
  @CodeList(specialistServices, { optional: true, description: 'Specialist services that are needed; referred there directly (TS-08).' })
  specialistServices?: SpecialistService[];
}
