import { Code, Handle, HandleList, IdList, Moment, Part, RecordingRequest } from '@waymark/nest';
import { methods, type Method } from '@waymark/assessment-domain';
import { GiverRequest } from '../parts/giver.js';
import { NoticeRequest } from '../parts/notice.js';

export class GiveConsentRequest extends RecordingRequest {
  @Part(() => GiverRequest) giver!: GiverRequest;
  @Handle({ example: 'take-part-in-early-help', description: "To take part, or one of the authority's separate consents (CON-14)." })
  purpose!: string;
  @IdList({ description: 'The people it covers.' }) covers!: string[];
  @HandleList({ description: 'The organisations that it reaches.' }) agencies!: string[];
  @Part(() => NoticeRequest, { optional: true, description: 'Without it the consent does not count (CON-02).' }) notice?: NoticeRequest;
  @Code(methods) method!: Method;
  @Moment({ optional: true, description: 'The first moment at which it no longer holds.' }) until?: string;
}
