import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How long somebody else may take, in milliseconds. */
export interface Limits {
  /** To send the head of a request. */
  readonly headersMs: number;
  /** To send all of it. A body of 1 MiB comes in that time over a poor mobile connection too. */
  readonly requestMs: number;
  /** How often that is looked at. */
  readonly checkedEveryMs: number;
  /** For requests under way when the process gets a signal to end; well within the half minute that Kubernetes and Docker leave. */
  readonly closeMs: number;
}

const usual: Limits = { headersMs: 10_000, requestMs: 30_000, checkedEveryMs: 2_000, closeMs: 10_000 };

/**
 * Where the process listens, from its first moment on. Until the platform serves, health says what it waits for and everything else is answered with
 * "not yet", so that whoever starts processes can distinguish one that waits from one that died.
 */
export class Front {
  readonly server: Server;
  private handler: RequestListener = (request, response) => this.notYet(request.url ?? '', response);
  private prepared: RequestListener | undefined;
  private doing = 'starting';

  constructor(private readonly limits: Limits = usual) {
    const { headersMs, requestMs, checkedEveryMs } = limits;
    this.server = createServer(
      { headersTimeout: headersMs, requestTimeout: requestMs, connectionsCheckingInterval: checkedEveryMs },
      (request, response) => this.handler(request, response),
    );
  }

  /** @throws the system's error, EADDRINUSE for one */
  async listen(port: number, host: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        this.server.off('error', reject);
        resolve();
      });
    });
  }

  /** `http://127.0.0.1:3000`. */
  get address(): string {
    const { address, port, family } = this.server.address() as AddressInfo;
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  }

  /** What the process does before it serves: no address of an engine, no name of anybody. */
  say(doing: string): void {
    this.doing = doing;
  }

  /** Takes over what will serve, and goes on saying "not yet" until it is opened. */
  prepare(handler: RequestListener): Server {
    this.prepared = handler;
    return this.server;
  }

  open(): void {
    if (this.prepared) this.handler = this.prepared;
  }

  /** Takes nothing new and resolves when what came in is answered, or when the time for that is up: a request that never ends keeps no process alive. */
  async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    // A connection that is kept alive becomes idle only once its answer is out.
    const sweep = setInterval(() => this.server.closeIdleConnections(), 20);
    const end = setTimeout(() => this.server.closeAllConnections(), this.limits.closeMs);
    await closed;
    clearInterval(sweep);
    clearTimeout(end);
  }

  private notYet(url: string, response: ServerResponse): void {
    if (url === '/health/live') return answer(response, 200, { status: 'ok' });
    if (url === '/health/ready')
      return answer(response, 503, { status: 'error', error: { platform: { status: 'down', doing: this.doing } } });
    const problem = {
      type: 'urn:waymark:problem:not-yet',
      title: 'Not there yet',
      status: 503,
      detail: `Waymark is ${this.doing}. Try again.`,
    };
    return answer(response, 503, problem, 'application/problem+json');
  }
}

const answer = (response: ServerResponse, status: number, body: object, type = 'application/json'): void => {
  const retry = status === 503 ? { 'retry-after': '2' } : {};
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store', ...retry }).end(JSON.stringify(body));
};
