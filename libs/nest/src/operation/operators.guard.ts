import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Role } from '@waymark/kernel';
import type { RequestContext } from '../identity/request-context.js';
import { problem } from '../problems/problem.js';

/** Who keeps the platform running or checks on it. The routes show nothing personal, but they are not everybody's either. */
const operators: readonly Role[] = ['support-officer', 'manager', 'targeted-support-manager', 'auditor', 'system'];

@Injectable()
export class OperatorsGuard implements CanActivate {
  canActivate(host: ExecutionContext): boolean {
    const { actor } = host.switchToHttp().getRequest<{ waymark: RequestContext }>().waymark;
    if (operators.includes(actor.role)) return true;
    throw problem(
      [403, 'not-permitted', 'Not permitted'],
      `The role ${actor.role} does not operate the platform; ${operators.join(', ')} do.`,
    );
  }
}
