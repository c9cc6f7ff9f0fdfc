import { Code, HandleList, Id, Moment, Part, RecordingRequest } from '@waymark/nest';
import { methods, type Method } from '@waymark/assessment-domain';
import { NoticeRequest } from '../parts/notice.js';

export class RenewConsentRequest extends RecordingRequest {
  @Id({ description: 'Whoever gave it.' }) by!: string;
  @HandleList({ description: 'The organisations that it reaches from now on.' }) agencies!: string[];
  @Part(() => NoticeRequest, { optional: true, description: 'Without it the renewal does not count (CON-02).' }) notice?: NoticeRequest;
  @Code(methods) method!: Method;
  @Moment({ optional: true, description: 'The first moment at which it no longer holds.' }) until?: string;
}
