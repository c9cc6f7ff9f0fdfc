import type { Clock } from '@waymark/kernel';
import type { ReadModelStore } from '@waymark/read-model';
import { CaseDirectory } from '../commands/case-directory.js';
import type { ServiceDefinition } from '../platform/service-definition.js';

interface Parts {
  readonly services: readonly Pick<ServiceDefinition, 'name'>[];
  readonly readModels: ReadModelStore;
  readonly clock: Clock;
  /** Waits until what is recorded by now has reached the copies. */
  readonly catchUp: () => Promise<unknown>;
}

/** Under which authority a case is now, as far as any service of this process knows. */
export class CaseAuthorities {
  private readonly directory: CaseDirectory;

  constructor(private readonly parts: Parts) {
    this.directory = new CaseDirectory(parts.readModels, () => Promise.resolve());
  }

  /** Null where it is no case, or one that nobody here knows. */
  async authorityOf(id: string): Promise<string | null> {
    const { services, clock, catchUp } = this.parts;
    await catchUp();
    for (const { name } of services) {
      const authority = await this.directory.authorityOf(name, id, clock.now());
      if (authority !== undefined) return authority;
    }
    return null;
  }
}
