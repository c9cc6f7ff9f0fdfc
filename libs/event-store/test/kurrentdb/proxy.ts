import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A wire to a server on 127.0.0.1 that a test can cut and mend. */
export class Proxy {
  readonly #open = new Set<Socket>();
  #cut = false;

  private constructor(
    private readonly server: Server,
    private readonly to: () => number,
  ) {
    server.on('connection', (socket) => this.#join(socket));
  }

  static async start(to: () => number): Promise<Proxy> {
    const proxy = new Proxy(createServer(), to);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `kurrentdb://127.0.0.1:${(this.server.address() as AddressInfo).port}?tls=false`;
  }

  /** Ends what is open, and everything new at once. */
  cut(): void {
    this.#cut = true;
    for (const socket of this.#open) socket.destroy();
  }

  heal(): void {
    this.#cut = false;
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #join(inward: Socket): void {
    if (this.#cut) return void inward.destroy();
    const outward = connect(this.to(), '127.0.0.1');
    for (const [one, other] of [
      [inward, outward],
      [outward, inward],
    ] as const) {
      this.#open.add(one);
      one.setNoDelay(true);
      one.on('data', (data) => other.write(data));
      one.on('error', () => undefined);
      one.on('close', () => {
        this.#open.delete(one);
        other.destroy();
      });
    }
  }
}
