import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { from, lastValueFrom, type Observable } from 'rxjs';

/** Something that is done around every handler: before it, after it or in its place. */
export interface RequestStage {
  around(host: ExecutionContext, handle: () => Promise<unknown>): Promise<unknown>;
}

/** All of them in one interceptor, the first outermost. Every further interceptor would cost each request three observables and an async scope. */
@Injectable()
export class RequestStagesInterceptor implements NestInterceptor {
  constructor(private readonly arounds: readonly RequestStage[]) {}

  intercept(host: ExecutionContext, next: CallHandler): Observable<unknown> {
    return from(this.within(0, host, next));
  }

  private async within(index: number, host: ExecutionContext, next: CallHandler): Promise<unknown> {
    const around = this.arounds[index];
    if (!around) return lastValueFrom(next.handle() as Observable<unknown>, { defaultValue: undefined });
    return around.around(host, () => this.within(index + 1, host, next));
  }
}
