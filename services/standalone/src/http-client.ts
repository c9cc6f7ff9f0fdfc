import type { Role } from '@waymark/kernel';

/** An answer over HTTP. */
export interface Reply {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape is the address's own affair
  readonly body: any;
  readonly headers: Headers;
}

/** Somebody at their keyboard: every request says who they are, and waits for what was recorded last. */
export interface Person {
  post(path: string, body: object, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Reply>;
}

/** Speaks to a running platform in the development profile, over its public API alone. */
export class HttpClient {
  private newest = '';

  /** @param address `http://127.0.0.1:3000` */
  constructor(readonly address: string) {}

  as(user: string, role: Role, organisation: string, purpose = 'early-help'): Person {
    const identity = { 'waymark-dev-identity': `user=${user}; role=${role}; organisation=${organisation}; purpose=${purpose}` };
    return {
      get: (path, headers = {}) => this.send('GET', path, { ...identity, ...headers }),
      post: (path, body, headers = {}) => this.send('POST', path, { ...identity, 'if-match': '*', ...headers }, body),
    };
  }

  /** Moves the platform's clock; everything due by then has happened when it answers. */
  async setClock(now: string): Promise<void> {
    const { status } = await this.send('PUT', '/dev/clock', {}, { now });
    if (status !== 200) throw new Error(`the clock could not be set: ${status}`);
  }

  async releaseClock(): Promise<void> {
    await this.send('DELETE', '/dev/clock', {});
  }

  private async send(method: string, path: string, headers: Readonly<Record<string, string>>, body?: object): Promise<Reply> {
    const answer = await fetch(`${this.address}${path}`, {
      method,
      headers: {
        ...(this.newest === '' ? {} : { 'waymark-wait-for': this.newest }),
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const position = answer.headers.get('waymark-position');
    if (position !== null && position > this.newest) this.newest = position;
    const text = await answer.text();
    const json = answer.headers.get('content-type')?.includes('json') ?? false;
    return { status: answer.status, body: json && text !== '' ? JSON.parse(text) : text, headers: answer.headers };
  }
}
