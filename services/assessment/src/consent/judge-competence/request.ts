import { Code, Handle, Id, Part, PartList, Story, YesNo, RecordingRequest } from '@waymark/nest';
import { competenceOutcomes, type CompetenceOutcome } from '@waymark/assessment-domain';
import { ProfessionalRequest } from '../../parts/professional.js';

export class FactorRequest {
  @Handle({ example: 'reasoning' }) factor!: string;
  @YesNo() met!: boolean;
  @Story() reasoning!: string;
}

export class JudgeCompetenceRequest extends RecordingRequest {
  @Id() childId!: string;
  @PartList(() => FactorRequest) factors!: FactorRequest[];
  @Code(competenceOutcomes) outcome!: CompetenceOutcome;
  @Part(() => ProfessionalRequest, { optional: true, description: 'Who judged; by default whoever records it.' })
  judgedBy?: ProfessionalRequest;
}
