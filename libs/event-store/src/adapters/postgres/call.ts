import type { Instant } from '@waymark/kernel';
import type { WrongExpectedVersion } from '../../event-log.js';
import { type Appended } from '../../event-log.js';
import type { AppendRequest } from './request.js';

/** What the server says of one append. `found`: it was there already; `id` is that of its first event. */
export interface Taken {
  readonly appended: Appended;
  readonly found?: { readonly id: string };
}
export type Outcome = Taken | WrongExpectedVersion;

/** One call of the server for a whole group. */
export interface Call {
  readonly query: { readonly name: string; readonly text: string; readonly rowMode: 'array' };
  values(group: readonly AppendRequest[], now: Instant): unknown[];
  outcomes(group: readonly AppendRequest[], rows: readonly (readonly unknown[])[], now: Instant): Outcome[];
}
