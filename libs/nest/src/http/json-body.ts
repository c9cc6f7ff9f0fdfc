import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { badRequest, problem, type Problem } from '../problems/problem.js';
import { duplicateName } from './duplicate-names.js';
import { named } from './shape.js';

/** Reads JSON as it was sent or not at all: nothing in it is replaced, left out or taken twice without a word. */
export const readJson = (http: Pick<FastifyInstance, 'addContentTypeParser' | 'removeContentTypeParser'>): void => {
  http.removeContentTypeParser('application/json');
  http.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      done(null, bodyOf(request, body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
};

/** @throws Problem 400 | 415 */
const bodyOf = (request: FastifyRequest, body: Buffer): unknown => {
  const refused = refusedEncoding(request);
  if (refused) throw refused;
  if (body.length === 0) throw badRequest('The body is empty; send a JSON object.');
  if (!isUtf8(body))
    throw badRequest('The body is not UTF-8: some of its bytes are no character. Send the JSON in UTF-8; nothing was recorded.');
  const text = body.toString('utf8');
  const value = parsed(text);
  const twice = duplicateName(text);
  if (!twice) return value;
  const field = twice
    .slice(0, mostNames)
    .map(named)
    .filter((name) => name !== '')
    .join('.');
  throw badRequest(`${field} is given twice; send it once, so that it is certain which of them is meant.`, { field });
};

const mostNames = 12;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('The body must be valid JSON.');
  }
};

/** A body that is packed or in another alphabet would be read as something else than what was sent. */
export const refusedEncoding = ({ headers }: Pick<FastifyRequest, 'headers'>): Problem | undefined => {
  const packed = headers['content-encoding'];
  if (packed !== undefined && packed.toLowerCase() !== 'identity')
    return problem(unsupported, 'Send the body as it is, without Content-Encoding.', { field: 'Content-Encoding' });
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset))
    return problem(unsupported, 'Send the body in UTF-8; it is the only charset of this API.', { field: 'Content-Type' });
  return undefined;
};

const unsupported = [415, 'media-type', 'Not in a form that can be read'] as const;
