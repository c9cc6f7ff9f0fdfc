import type { FastifyInstance } from 'fastify';
import { refusedEncoding } from './json-body.js';
import { takesForm } from './routes.js';

const largestFormBytes = 16 * 1024;

/** Another route was sent a form. Answered as any content type is that a route does not take. */
class FormNotTaken extends Error {
  readonly statusCode = 415;
}

/** Reads forms for the pages that take one, and for no other route: the API speaks JSON alone. */
export const readForms = (http: Pick<FastifyInstance, 'addContentTypeParser' | 'removeContentTypeParser'>): void => {
  // Fastify takes plain text unasked.
  http.removeContentTypeParser('text/plain');
  http.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: largestFormBytes },
    (request, body, done) => {
      if (!takesForm(request.routeOptions.config)) return done(new FormNotTaken('This address takes no form.'));
      const refused = refusedEncoding(request);
      if (refused) return done(refused);
      done(null, Object.fromEntries(new URLSearchParams(body.toString())));
    },
  );
};
