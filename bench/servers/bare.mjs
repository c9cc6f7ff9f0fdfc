// What a validated command is held against: node:http, JSON.parse, the same events to the same store, and nothing else.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { contactEvents } from '../events.mjs';
import { openOurs } from '../stores.mjs';

const { store } = openOurs(process.argv[2]);

const take = async (body) => {
  const { child } = JSON.parse(body);
  if (typeof child !== 'object') throw new TypeError('no child');
  const [contactId, caseId, commandId] = [randomUUID(), randomUUID(), randomUUID()];
  const people = { child: randomUUID(), mother: randomUUID(), referrer: randomUUID() };
  const events = contactEvents(caseId, contactId, people, commandId);
  const { last, position } = await store.append(`referral.contact-${contactId}`, 'none', events, commandId);
  return { id: contactId, caseId, version: last, position, events: events.map(({ type }) => type) };
};

const server = createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    take(Buffer.concat(parts).toString()).then(
      (answer) => {
        const text = JSON.stringify(answer);
        response.writeHead(201, {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
          etag: `"${answer.version}"`,
        });
        response.end(text);
      },
      () => response.writeHead(500).end(),
    );
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`listens on http://127.0.0.1:${server.address().port}\n`));
