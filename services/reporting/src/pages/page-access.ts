import { Inject, Injectable } from '@nestjs/common';
import { decideLook, type Look } from '@waymark/access';
import type { OrganisationId, UserId } from '@waymark/kernel';
import { METRICS, problem } from '@waymark/nest';

/** Until there is sign-in, whoever sits at a browser looks as an auditor of this installation. Development profile only. */
const browser = {
  actor: { user: 'browser' as UserId, role: 'auditor', organisation: 'waymark' as OrganisationId },
  purpose: 'audit',
} as const satisfies Pick<Look, 'actor' | 'purpose'>;

/** The platform's counter of looks. */
interface Looks {
  readonly looks: { inc(labels: { readonly shows: string; readonly outcome: string }): void };
}

/** A page asks the same policy as the API before it shows anything, and its looks are counted with the API's. */
@Injectable()
export class PageAccess {
  constructor(@Inject(METRICS) private readonly metrics: Looks) {}

  /** @throws Problem when the policy says no (ACC-01) */
  look(shows: string): void {
    const decision = decideLook({ ...browser, shows });
    this.metrics.looks.inc({ shows, outcome: decision.outcome });
    if (decision.outcome === 'denied') throw problem([403, 'rule:ACC-01', 'Not permitted'], decision.why, { rule: 'ACC-01' });
  }
}
