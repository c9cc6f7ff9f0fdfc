import { Server, ServerCredentials, type sendUnaryData } from '@grpc/grpc-js';
import { batchAppend } from './appends.js';
import { Database } from './database.js';
import type { Faults } from './faults.js';
import {
  ClusterInfo,
  EndPoint,
  GossipService,
  MemberInfo,
  ServerFeaturesService,
  StreamsService,
  UUID,
  SupportedMethod,
  SupportedMethods,
} from './protocol.js';
import { read } from './reads.js';

export interface StandInOptions {
  /** Outlives the server: a restart is another server on the same database. */
  readonly database?: Database;
  readonly port?: number;
  readonly maxAppendSize?: number;
}

/** 16 MiB, of which the server's own default is less (1 MiB) before 25.1 and more since. */
const appendSize = 16 * 1024 * 1024;

/**
 * A stand-in for the server, in memory, on 127.0.0.1: what our adapter calls of its protocol, answered as its source and documents say. Passing it
 * is no proof against KurrentDB; it proves the adapter through the real client and real connections, and lets a test break both.
 */
export class StandIn {
  readonly faults: Faults = {};
  readonly database: Database;
  port = 0;
  readonly #server = new Server({ 'grpc.max_receive_message_length': 2 * appendSize });

  private constructor({ database = new Database(), maxAppendSize = appendSize }: StandInOptions) {
    this.database = database;
    this.#server.addService(StreamsService, {
      read: read(this.database, this.faults),
      batchAppend: batchAppend(this.database, this.faults, maxAppendSize),
    });
    this.#server.addService(ServerFeaturesService, {
      getSupportedMethods: (_: unknown, answer: sendUnaryData<unknown>) => {
        // Whoever may connect may request this.
        if (!this.faults.silent) answer(null, supported());
      },
    });
    // A cluster of one.
    this.#server.addService(GossipService, {
      read: (_: unknown, answer: sendUnaryData<unknown>) => answer(null, new ClusterInfo().setMembersList([leaderAt(this.port)])),
    });
  }

  static async start(options: StandInOptions = {}): Promise<StandIn> {
    const standIn = new StandIn(options);
    standIn.port = await new Promise((resolve, reject) =>
      standIn.#server.bindAsync(`127.0.0.1:${options.port ?? 0}`, ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      ),
    );
    return standIn;
  }

  get url(): string {
    return `kurrentdb://127.0.0.1:${this.port}?tls=false`;
  }

  /** At once, as a crash would. */
  stop(): void {
    this.#server.forceShutdown();
  }
}

const supported = (): InstanceType<typeof SupportedMethods> => {
  const methods = ['Append', 'BatchAppend', 'Read'].map((name) =>
    new SupportedMethod().setServiceName('event_store.client.streams.Streams').setMethodName(name),
  );
  return new SupportedMethods().setEventStoreServerVersion('26.0.0').setMethodsList(methods);
};

const leaderAt = (port: number): InstanceType<typeof MemberInfo> =>
  new MemberInfo()
    .setInstanceId(new UUID().setString('00000000-0000-4000-8000-000000000001'))
    .setTimeStamp('17721765000000000')
    .setState(MemberInfo.VNodeState.LEADER)
    .setIsAlive(true)
    .setHttpEndPoint(new EndPoint().setAddress('127.0.0.1').setPort(port));
