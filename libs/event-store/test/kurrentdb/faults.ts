import { Metadata, status, type ServiceError } from '@grpc/grpc-js';

/** What a test lets go wrong. */
export interface Faults {
  /** Refuses everybody. */
  accessDenied?: boolean;
  /** Takes what it is sent and answers nothing. */
  silent?: boolean;
  /** Sends everybody to another node. */
  leaderAt?: { readonly host: string; readonly port: number };
  /** So many reads of a stream do not show its newest event yet: the server counts an append before its index has it. */
  hidesNewest?: number;
  /** Runs when an append was written and not yet answered. */
  beforeAnswer?: (() => Promise<void> | void) | undefined;
  /** Lets so many events of each subscription through, then breaks it. */
  breakAfter?: number | undefined;
}

/** The errors of the server, with the trailers that its clients go by (`RpcExceptions` of its source). */
const rpcError = (code: status, details: string, trailers: Readonly<Record<string, string>>): ServiceError => {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
};

export const faultOf = ({ accessDenied, leaderAt }: Faults): ServiceError | undefined => {
  if (accessDenied) return rpcError(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });
  if (!leaderAt) return undefined;
  const leader = { 'leader-endpoint-host': leaderAt.host, 'leader-endpoint-port': String(leaderAt.port) };
  return rpcError(status.NOT_FOUND, 'Leader info available', { exception: 'not-leader', ...leader });
};

export const broken = (): ServiceError => rpcError(status.UNAVAILABLE, 'broken off by the test', {});
