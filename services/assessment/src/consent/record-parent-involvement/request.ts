import { Id, Story, YesNo, RecordingRequest } from '@waymark/nest';

export class RecordParentInvolvementRequest extends RecordingRequest {
  @Id() childId!: string;
  @YesNo() parentInvolved!: boolean;
  @Story({ optional: true, description: 'Why not.' }) reasons?: string;
  @Story({ optional: true, description: 'The help offered to tell them.' }) helpOffered?: string;
}
