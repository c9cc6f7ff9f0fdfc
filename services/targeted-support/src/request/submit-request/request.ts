import { CodeList, HandleList, Id, IdList, RecordingRequest, Story } from '@waymark/nest';
import { specialistServices, type SpecialistService } from '@waymark/targeted-support-domain';

export class SubmitRequestRequest extends RecordingRequest {
  @Id() caseId!: string;
  @IdList({ description: 'The needs of the assessment that the request names (TS-02).' }) needs!: string[];
  @HandleList({ description: "Kinds of support, by the authority's codes (TS-05).", example: ['staying-safe'] }) kinds!: string[];
  @IdList({ min: 1, description: 'For whom support is asked.' }) persons!: string[];
  @HandleList({ description: 'The organisations that the request is shared with; the additional consent reaches them all (TS-03).' })
  sharedWith!: string[];
  @CodeList(specialistServices, {
    optional: true,
    description: 'Specialist services that are needed too; referred there directly (TS-08).',
  })
  specialistServices?: SpecialistService[];
  @Story({ description: 'What is hoped for.' }) hopedFor!: string;
}
