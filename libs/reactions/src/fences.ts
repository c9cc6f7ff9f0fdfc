import type { ReadModelStore } from '@waymark/read-model';

const width = 16;

/**
 * Lets one writer at a time take effect on a partition, in whichever process: an owner that lost it in the middle of its work, a replay commanded
 * elsewhere. Each write moves the partition's counter on, and is refused when it does not stand where its writer read it.
 */
export class Fences {
  private readonly known = new Map<number, string>();

  constructor(
    private readonly consumer: string,
    private readonly store: Pick<ReadModelStore, 'checkpoint'>,
  ) {}

  knows(partition: number): boolean {
    return this.known.has(partition);
  }

  /** Whatever is then written rests on what is read after this. */
  async read(partition: number): Promise<void> {
    this.known.set(partition, await this.store.checkpoint(this.nameOf(partition)));
  }

  forget(): void {
    this.known.clear();
  }

  /** What a write carries. */
  next(partition: number): { readonly subscriber: string; readonly after: string; readonly position: string } {
    const after = this.known.get(partition) ?? 'start';
    const position = String((after === 'start' ? 0 : Number(after)) + 1).padStart(width, '0');
    return { subscriber: this.nameOf(partition), after, position };
  }

  moved(partition: number, position: string): void {
    this.known.set(partition, position);
  }

  private nameOf(partition: number): string {
    return `${this.consumer} partition ${partition}`;
  }
}
