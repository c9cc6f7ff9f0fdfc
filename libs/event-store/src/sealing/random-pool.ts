import type { RandomBytes } from '@waymark/keys';

const poolBytes = 8192;

/** Hands out random bytes from a stock, because each call for fresh ones costs more than the bytes. No byte is given out twice. */
export class RandomPool {
  #stock: Uint8Array = new Uint8Array(0);
  #used = 0;

  constructor(private readonly random: RandomBytes) {}

  take(size: number): Uint8Array {
    if (this.#used + size > this.#stock.length) {
      this.#stock = this.random(poolBytes);
      this.#used = 0;
    }
    return this.#stock.subarray(this.#used, (this.#used += size));
  }
}
