import { v7 as newId } from 'uuid';
import type { EventLogHarness, NetworkedHarness } from '../../conformance/event-log.suite.js';
import { Proxy } from '../../conformance/network.js';
import type { HandClock } from '../../conformance/samples.js';
import type { EventLog } from '../../event-log.js';
import { openKurrentEventLog, type KurrentEventLogOptions } from './log.js';

/** A server for suites, played or real. */
export interface KurrentServer {
  readonly host: string;
  readonly port: number;
  /** Stops it and starts it again with its data, waiting until it is back. */
  restart?(): Promise<void>;
}

export const urlAt = ({ host, port }: Pick<KurrentServer, 'host' | 'port'>): string => `kurrentdb://${host}:${port}?tls=false`;
export const ids = { next: (): string => newId() };

/** A namespace of a test's own, reached through a network that breaks on request. */
export class KurrentHarness implements EventLogHarness, NetworkedHarness {
  #network: Proxy | undefined;
  #namespace = '';
  readonly restart?: () => Promise<void>;

  constructor(private readonly server: KurrentServer) {
    if (server.restart) this.restart = () => server.restart!();
  }

  get networked(): NetworkedHarness {
    return this;
  }

  get network(): Proxy {
    return this.#network!;
  }

  async open(clock: HandClock): Promise<EventLog> {
    this.#network ??= await Proxy.to({ host: this.server.host, port: this.server.port });
    this.#namespace = `test-${newId()}`;
    return this.reopen(clock);
  }

  reopen(clock: HandClock, options: Partial<KurrentEventLogOptions> = {}): Promise<EventLog> {
    const url = urlAt({ host: '127.0.0.1', port: this.network.port });
    return openKurrentEventLog({ url, clock, ids, namespace: this.#namespace, timeoutMs: 4_000, ...options });
  }

  /** What the process had not sent yet never arrives. */
  async afterCrash(clock: HandClock): Promise<EventLog> {
    this.network.cut();
    return this.another(clock);
  }

  another(clock: HandClock): Promise<EventLog> {
    return openKurrentEventLog({ url: urlAt(this.server), clock, ids, namespace: this.#namespace });
  }

  async remove(): Promise<void> {
    await this.#network?.close();
  }
}
