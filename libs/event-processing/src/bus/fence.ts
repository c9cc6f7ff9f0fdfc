import type { ReadModelStore } from '@waymark/read-model';

const width = 16;

/** Of the checkpoint in which a partition's fence is kept. */
export const fenceName = (consumer: string, partition: number): string => `${consumer} partition ${partition}`;

/**
 * Lets one writer at a time take effect on a partition, in whichever process: an owner that lost it in the middle of its work, a replay commanded
 * elsewhere. Each write moves the partition's counter on, and is refused when it does not stand where its writer read it.
 */
export class Fence {
  private stands: string | undefined;
  private readonly name: string;

  constructor(
    consumer: string,
    partition: number,
    private readonly store: Pick<ReadModelStore, 'checkpoint'>,
  ) {
    this.name = fenceName(consumer, partition);
  }

  get isKnown(): boolean {
    return this.stands !== undefined;
  }

  /** Whatever is then written rests on what is read after this. */
  async read(): Promise<void> {
    this.stands = await this.store.checkpoint(this.name);
  }

  /** Where it stands as far as is known: what is noted with the bus. */
  get note(): string | undefined {
    return this.stands;
  }

  forget(): void {
    this.stands = undefined;
  }

  /** What a write carries. */
  next(): { readonly subscriber: string; readonly after: string; readonly position: string } {
    const after = this.stands ?? 'start';
    const position = String((after === 'start' ? 0 : Number(after)) + 1).padStart(width, '0');
    return { subscriber: this.name, after, position };
  }

  moved(position: string): void {
    this.stands = position;
  }
}

/**
 * Whether a read model does not hold what a consumer had written when it last committed to the bus: it was put back from an older backup, or begun anew. Of
 * what was committed by a build before 1 December 2026 only the latter can be told.
 */
export const isBehind = (stands: string, noted: string | undefined): boolean =>
  noted === undefined ? stands === 'start' : noted !== 'start' && (stands === 'start' || stands < noted);
