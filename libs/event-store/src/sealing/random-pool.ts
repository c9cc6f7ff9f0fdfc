import type { RandomBytes } from '@waymark/keys';

const poolBytes = 8192;

/** Hands out random bytes from a stock, because each call for fresh ones costs more than the bytes. No byte is given out twice. */
export class RandomPool {
  #stock: Uint8Array = new Uint8Array(0);
  #used = 0;

  constructor(private readonly random: RandomBytes) {}

  /** Fills a target. Byte by byte, because a view of the stock costs more than the few that an initialisation vector has. */
  fill(target: Uint8Array): void {
    if (this.#used + target.length > this.#stock.length) {
      this.#stock = this.random(poolBytes);
      this.#used = 0;
    }
    for (let index = 0; index < target.length; index += 1) target[index] = this.#stock[this.#used + index]!;
    this.#used += target.length;
  }
}
