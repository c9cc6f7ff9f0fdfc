import type { Clock } from '@waymark/kernel';
import type { ReadModelStore } from '@waymark/read-model';
import { CaseDirectory } from '../commands/case-directory.js';
import { unavailable } from '../problems/problem.js';
import type { ServiceDefinition } from '../platform/service-definition.js';

interface Deps {
  readonly services: readonly Pick<ServiceDefinition, 'name'>[];
  readonly readModels: ReadModelStore;
  readonly clock: Clock;
  /** Waits until what is recorded by now has reached the replicas; false where it has not. */
  readonly catchUp: () => Promise<boolean>;
}

/** Under which authority a case is now, as far as any service of this process knows. */
export class CaseAuthorities {
  private readonly directory: CaseDirectory;

  constructor(private readonly deps: Deps) {
    this.directory = new CaseDirectory(deps.readModels, () => Promise.resolve());
  }

  /** Null where it is no case, or one that nobody here knows. @throws Problem 503 where what is recorded by now was not taken in: nobody is let in by that */
  async authorityOf(id: string): Promise<string | null> {
    const { services, clock, catchUp } = this.deps;
    if (!(await catchUp()))
      throw unavailable(
        'Under which authority this is cannot be told now: what was recorded last has not been taken in. Nothing was done. Try again.',
      );
    for (const { name } of services) {
      const authority = await this.directory.authorityOf(name, id, clock.now());
      if (authority !== undefined) return authority;
    }
    return null;
  }
}
