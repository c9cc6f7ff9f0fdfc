import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import type { ISocketFactory } from 'kafkajs';

const keepAliveMs = 10_000;

const plainOrSecure: ISocketFactory = ({ host, port, ssl, onConnect }) => {
  const secure = ssl as typeof ssl | null | undefined;
  const socket = secure
    ? connectSecure({ host, port, ...(isIP(host) ? {} : { servername: host }), ...secure }, onConnect)
    : connectPlain({ host, port }, onConnect);
  return socket.setKeepAlive(true, keepAliveMs).setNoDelay(true);
};

/**
 * The connections of one client. The client itself only asks them to end, and waits: of a peer that is gone without a word it would wait for
 * as long as the operating system does.
 */
export class Sockets {
  private readonly open = new Set<Socket>();

  constructor(private readonly connect: ISocketFactory = plainOrSecure) {}

  readonly factory: ISocketFactory = (args) => {
    const socket = this.connect(args);
    this.open.add(socket);
    socket.once('close', () => this.open.delete(socket));
    return socket;
  };

  /** The client sees its connections fail, and every answer that it waits for. */
  destroy(why: string): void {
    for (const socket of this.open) socket.destroy(new Error(why));
  }
}
