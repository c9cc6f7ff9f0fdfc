import { CalendarDay, RecordingRequest } from '@waymark/nest';

export class SetStayInTouchRequest extends RecordingRequest {
  @CalendarDay() on!: string;
}
