import { Code, Id, Story, RecordingRequest } from '@waymark/nest';

export class RecordLivedExperienceRequest extends RecordingRequest {
  @Id() childId!: string;
  @Code(['own-words', 'observation']) how!: 'own-words' | 'observation';
  @Story() experience!: string;
}
