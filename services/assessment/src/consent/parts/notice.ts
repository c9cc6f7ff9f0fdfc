import { noticeForms, type Notice } from '@waymark/assessment-domain';
import { Code, Handle, YesNo } from '@waymark/nest';

export class NoticeRequest {
  @Handle({ example: 'v3' }) version!: string;
  @Code(noticeForms) form!: (typeof noticeForms)[number];
  @YesNo({ optional: true }) shared?: boolean;
  @YesNo({ optional: true }) read?: boolean;
  @YesNo({ optional: true }) understood?: boolean;
  @YesNo({ optional: true }) agreed?: boolean;
}

const none: Notice = { version: 'none', form: 'paper', shared: false, read: false, understood: false, agreed: false };

/** What is not said did not happen; whether that will do is the ledger's to say (CON-02). */
export const noticeOf = (request: NoticeRequest | undefined): Notice => ({ ...none, ...request });
