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
  /** What the clocks were last set to. */
  private setTo: string | undefined;

  /**
   * @param address `http://127.0.0.1:3000`
   * @param clocks where the clock is set: in one process one, and one for each service where they run apart
   */
  constructor(
    readonly address: string,
    private readonly clocks: readonly string[] = ['/dev/clock'],
  ) {}

  as(user: string, role: Role, organisation: string, purpose = 'early-help'): Person {
    const identity = { 'waymark-dev-identity': `user=${user}; role=${role}; organisation=${organisation}; purpose=${purpose}` };
    return {
      get: (path, headers = {}) => this.send('GET', path, { ...identity, ...headers }),
      post: (path, body, headers = {}) => this.send('POST', path, { ...identity, 'if-match': '*', ...headers }, body),
    };
  }

  /** What time it is on the platform. */
  async now(): Promise<string> {
    const reply = await this.send('GET', String(this.clocks[0]), {});
    return (reply.body as { readonly now: string }).now;
  }

  /** Moves the platform's clock; everything due by then has happened when it answers. */
  async setClock(now: string): Promise<void> {
    if (this.clocks.length > 1) await this.comeToRest();
    await this.setClocks(now);
    this.setTo = now;
  }

  /**
   * Where each service has a clock of its own, one that is set may be ahead of what another has yet to tell: a position is waited for over one hop, and what
   * a service did about it may concern a third. Each answers with where the record ends once it is at rest, and all are when nothing new came up.
   */
  private async comeToRest(): Promise<void> {
    const { setTo } = this;
    for (let before: string | undefined; setTo !== undefined && before !== this.newest;) {
      before = this.newest;
      await this.setClocks(setTo);
    }
  }

  private async setClocks(now: string): Promise<void> {
    const replies = await Promise.all(this.clocks.map((clock) => this.send('PUT', clock, {}, { now })));
    for (const { status } of replies) if (status !== 200) throw new Error(`the clock could not be set: ${status}`);
  }

  async releaseClock(): Promise<void> {
    this.setTo = undefined;
    await Promise.all(this.clocks.map((clock) => this.send('DELETE', clock, {})));
  }

  private async send(method: string, path: string, headers: Readonly<Record<string, string>>, body?: object): Promise<Reply> {
    const wait: Record<string, string> = this.newest === '' ? {} : { 'waymark-wait-for': this.newest };
    const content = body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await fetch(`${this.address}${path}`, { method, ...content, headers: { ...wait, ...content?.headers, ...headers } });
    const position = answer.headers.get('waymark-position') ?? '';
    if (position > this.newest) this.newest = position;
    return { status: answer.status, body: await bodyOf(answer), headers: answer.headers };
  }
}

const bodyOf = async (answer: Response): Promise<unknown> => {
  const text = await answer.text();
  return text !== '' && answer.headers.get('content-type')?.includes('json') ? (JSON.parse(text) as unknown) : text;
};
