import { StandIn } from './stand-in.js';

/** A stand-in at one address for as long as a suite runs, restarts included. */
export class PlayedServer {
  readonly host = '127.0.0.1';
  #current: StandIn | undefined;

  get port(): number {
    return this.#current!.port;
  }

  async start(): Promise<void> {
    this.#current = await StandIn.start();
  }

  async restart(): Promise<void> {
    const { database, port } = this.#current!;
    this.stop();
    this.#current = await StandIn.start({ database, port });
  }

  stop(): void {
    this.#current?.stop();
  }
}
