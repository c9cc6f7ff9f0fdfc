const encoder = new TextEncoder();

/**
 * A buffer that is used over and over, for bytes that are wanted only until the next call. What is larger than it gets a buffer of its own,
 * so that one large event does not keep memory for good.
 */
export class Room {
  readonly #buffer: Buffer;
  /** Views of its beginning, by length. */
  readonly #views: Uint8Array[] = [];

  constructor(private readonly bytes: number) {
    this.#buffer = Buffer.allocUnsafeSlow(bytes);
  }

  /** At least so many bytes. */
  of(bytes: number): Buffer {
    return bytes <= this.bytes ? this.#buffer : Buffer.allocUnsafe(bytes);
  }

  /** A text in UTF-8, as `Buffer.from` makes it. */
  encoded(text: string): Uint8Array {
    // UTF-8 takes at most three bytes for each UTF-16 unit.
    if (text.length * 3 > this.bytes) return Buffer.from(text);
    const { written } = encoder.encodeInto(text, this.#buffer);
    return (this.#views[written] ??= this.#buffer.subarray(0, written));
  }
}
