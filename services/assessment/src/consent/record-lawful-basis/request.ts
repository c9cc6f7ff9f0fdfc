import { Code, Handle, Story, RecordingRequest } from '@waymark/nest';
import { article6, article9 } from '@waymark/assessment-domain';

export class RecordLawfulBasisRequest extends RecordingRequest {
  @Handle({ example: 'early-help' }) processing!: string;
  @Code(article6) article6!: (typeof article6)[number];
  @Code(article9, { optional: true }) article9?: (typeof article9)[number];
  @Story() rationale!: string;
}
