import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { badRequest, problem, type Problem } from './problem.js';

const problems: Readonly<Record<string, Problem>> = {
  ERR_HTTP_REQUEST_TIMEOUT: problem(
    [408, 'too-slow', 'The request did not come to an end'],
    'Nothing was recorded. Send it again, all of it.',
  ),
  HPE_HEADER_OVERFLOW: problem([431, 'headers-too-large', 'The headers are too large'], 'The headers hold 16 KiB at most.'),
};
const unreadable = badRequest('This is not a request as HTTP has them.');

/** Answers what never became a request: one that does not end, one whose head cannot be read. Nothing of it is repeated. */
export const brokenRequest = (error: Error & { readonly code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) {
    const { document } = problems[error.code ?? ''] ?? unreadable;
    const body = JSON.stringify(document);
    const head = [
      `HTTP/1.1 ${document.status} ${STATUS_CODES[document.status]}`,
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroySoon();
};
