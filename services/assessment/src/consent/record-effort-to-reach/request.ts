import { Code, Story, RecordingRequest } from '@waymark/nest';
import { methods, type Method } from '@waymark/assessment-domain';

export class RecordEffortToReachRequest extends RecordingRequest {
  @Code(methods) method!: Method;
  @Story() outcome!: string;
}
