const newline = '\n'.charCodeAt(0);

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

  /**
   * Lines in UTF-8, as `Buffer.from` makes them of their joined text. Written one by one, because a text that is put together is copied before it is
   * written, which takes twice as long as all the rest.
   */
  lines(...lines: readonly [string, ...string[]]): Uint8Array {
    let most = 0;
    // UTF-8 takes at most three bytes for each UTF-16 unit.
    for (const line of lines) most += line.length * 3 + 1;
    if (most > this.bytes) return Buffer.from(lines.join('\n'));
    let end = 0;
    for (const line of lines) {
      end += this.#buffer.write(line, end);
      this.#buffer[end++] = newline;
    }
    end -= 1;
    return (this.#views[end] ??= this.#buffer.subarray(0, end));
  }
}
