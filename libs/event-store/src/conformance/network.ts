import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What a test does to the connection between an adapter and its engine. Works for any adapter, which gets the address of a proxy as its engine's. */
export interface Network {
  /** Breaks every connection; new ones break too. */
  cut(): void;
  /** Requests arrive and are done, but no answer comes back. */
  loseAnswers(): void;
  /** The connections that there are go dead without a word; new ones work. */
  strand(): void;
  /** Every answer comes that much later. */
  delay(ms: number): void;
  /** Everything works again; a connection on which something was lost is broken. */
  heal(): void;
}

/** Two ends of one connection. `spoilt`: something on it was lost. */
interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  spoilt: boolean;
}

/** A way to an engine on this machine that breaks on request. */
export class Proxy implements Network {
  readonly #pairs = new Set<Pair>();
  #isCut = false;
  #losesAnswers = false;
  #delayMs = 0;

  private constructor(
    private readonly listener: Server,
    private readonly target: { readonly host: string; readonly port: number },
  ) {
    listener.on('connection', (client) => this.#join(client));
  }

  static async to(target: { readonly host: string; readonly port: number }): Promise<Proxy> {
    const listener = createServer({ noDelay: true });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    return new Proxy(listener, target);
  }

  get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  /** Connections that are open on it now. */
  get open(): number {
    return this.#pairs.size;
  }

  cut(): void {
    this.#isCut = true;
    for (const pair of this.#pairs) this.#break(pair);
  }

  loseAnswers(): void {
    this.#losesAnswers = true;
  }

  strand(): void {
    for (const pair of this.#pairs) {
      pair.spoilt = true;
      pair.client.pause();
      pair.server.pause();
    }
  }

  delay(ms: number): void {
    this.#delayMs = ms;
  }

  heal(): void {
    this.#isCut = false;
    this.#losesAnswers = false;
    this.#delayMs = 0;
    for (const pair of this.#pairs) if (pair.spoilt) this.#break(pair);
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.listener.close(resolve));
  }

  #join(client: Socket): void {
    if (this.#isCut) return void client.resetAndDestroy();
    const pair: Pair = { client, server: connect({ ...this.target, noDelay: true }), spoilt: false };
    this.#pairs.add(pair);
    for (const end of [pair.client, pair.server]) end.on('error', () => this.#break(pair)).on('close', () => this.#break(pair));
    pair.client.on('data', (chunk) => void pair.server.write(chunk));
    pair.server.on('data', (chunk) => this.#answer(pair, chunk));
  }

  #answer(pair: Pair, chunk: Buffer): void {
    if (this.#losesAnswers) pair.spoilt = true;
    else if (this.#delayMs === 0) pair.client.write(chunk);
    else setTimeout(() => this.#answerLate(pair, chunk), this.#delayMs);
  }

  #answerLate(pair: Pair, chunk: Buffer): void {
    if (!pair.spoilt && !this.#losesAnswers) pair.client.write(chunk);
    else pair.spoilt = true;
  }

  #break(pair: Pair): void {
    if (!this.#pairs.delete(pair)) return;
    pair.client.resetAndDestroy();
    pair.server.resetAndDestroy();
  }
}
