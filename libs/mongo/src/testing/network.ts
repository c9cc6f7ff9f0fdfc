import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to a server that breaks on request. Listens on 127.0.0.1. */
export class BreakableNetwork {
  private readonly pairs = new Set<readonly [Socket, Socket]>();
  private open = true;
  latencyMs = 0;

  private constructor(
    private readonly target: { readonly host: string; readonly port: number },
    private readonly server: Server,
  ) {}

  /** @returns the network and the url with which a client goes through it */
  static async before(url: string): Promise<{ readonly network: BreakableNetwork; readonly url: string }> {
    const [, host = '', port = '27017'] = /\/\/(?:[^@/]*@)?([^:/?]+)(?::(\d+))?/.exec(url) ?? [];
    const server = createServer();
    const network = new BreakableNetwork({ host, port: Number(port) }, server);
    server.on('connection', (client) => network.accept(client));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port: own } = server.address() as AddressInfo;
    return { network, url: url.replace(/\/\/(?:([^@/]*@))?[^/?]+/, (_, user: string | undefined) => `//${user ?? ''}127.0.0.1:${own}`) };
  }

  /** Breaks every connection, whatever is under way. */
  cut(): void {
    for (const pair of this.pairs) for (const socket of pair) socket.destroy();
  }

  /** Refuses connections until it is mended. */
  refuse(): void {
    this.open = false;
    this.cut();
  }

  mend(): void {
    this.open = true;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private accept(client: Socket): void {
    if (!this.open) return void client.destroy();
    const server = connect(this.target);
    const pair = [client, server] as const;
    this.pairs.add(pair);
    for (const [from, to] of [pair, [server, client] as const]) {
      from.on('error', () => undefined);
      from.on('data', (bytes) => this.pass(bytes, to));
      from.on('close', () => {
        this.pairs.delete(pair);
        to.destroy();
      });
    }
  }

  private pass(bytes: Uint8Array, to: Socket): void {
    if (this.latencyMs === 0) to.write(bytes);
    else setTimeout(() => to.destroyed || to.write(bytes), this.latencyMs);
  }
}
