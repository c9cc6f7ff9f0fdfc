import { Agent, get } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Front } from './front.js';

describe('the front of a process', () => {
  let front: Front;
  beforeEach(async () => {
    front = new Front();
    await front.listen(0, '127.0.0.1');
  });
  afterEach(() => front.close());

  const ask = async (path: string) => {
    const answer = await fetch(`${front.address}${path}`);
    return { status: answer.status, retry: answer.headers.get('retry-after'), body: (await answer.json()) as object };
  };

  it('answers from the first moment: it lives, what it waits for, and that it does not serve yet', async () => {
    front.say('waiting for PostgreSQL');
    expect(await ask('/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await ask('/health/ready')).toMatchObject({ status: 503, body: { error: { platform: { doing: 'waiting for PostgreSQL' } } } });
    expect(await ask('/api/referral/contacts')).toMatchObject({
      status: 503,
      retry: '2',
      body: { type: 'urn:waymark:problem:not-yet', detail: 'Waymark is waiting for PostgreSQL. Try again.' },
    });
  });

  it('hands over to what was prepared once it is opened, and not before', async () => {
    front.prepare((_, response) => response.end('{"served":true}'));
    expect((await ask('/')).status).toBe(503);
    front.open();
    expect(await ask('/')).toMatchObject({ status: 200, body: { served: true } });
  });

  it('answers what came in before it closes, on a connection that is kept too, and takes nothing after', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    front.prepare((_, response) => void held.then(() => response.end('done')));
    front.open();
    const agent = new Agent({ keepAlive: true });
    const answered = new Promise<string>((resolve, reject) =>
      get(front.address, { agent }, (answer) => answer.on('data', (text) => resolve(String(text)))).on('error', reject),
    );
    await new Promise((resolve) => setTimeout(resolve, 30));
    const address = front.address;
    const closed = front.close();
    release();
    expect(await answered).toBe('done');
    await closed;
    agent.destroy();
    await expect(fetch(address)).rejects.toThrow();
  });

  /** Sends the head of a request and some of its body, and never the rest. */
  const unfinished = async (port: string): Promise<Socket> => {
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined).resume();
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"text":');
    await new Promise((resolve) => socket.once('ready', resolve));
    return socket;
  };
  const ended = (socket: Socket): Promise<unknown> => new Promise((resolve) => socket.once('close', resolve));

  it('D5 ends within its time though a request never comes to an end', async () => {
    const hasty = new Front({ headersMs: 60_000, requestMs: 60_000, checkedEveryMs: 1_000, closeMs: 200 });
    await hasty.listen(0, '127.0.0.1');
    hasty.prepare((request, response) => void request.on('end', () => response.end('done')).resume());
    hasty.open();
    const socket = await unfinished(new URL(hasty.address).port);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const began = performance.now();
    await hasty.close();
    expect(performance.now() - began).toBeLessThan(5_000);
    socket.destroy();
  }, 10_000);

  it('D5 lets go of a hundred bodies that do not come to an end', async () => {
    const hasty = new Front({ headersMs: 200, requestMs: 300, checkedEveryMs: 50, closeMs: 200 });
    await hasty.listen(0, '127.0.0.1');
    hasty.prepare((request, response) => void request.on('end', () => response.end('done')).resume());
    hasty.open();
    const sockets = await Promise.all(Array.from({ length: 100 }, () => unfinished(new URL(hasty.address).port)));
    await Promise.all(sockets.map(ended));
    await hasty.close();
  }, 10_000);
});
