// A validated, durable command over HTTP with everything that a service does about it, against node:http on the same store.
import { join } from 'node:path';
import { post } from '../closed-loop.mjs';
import { contact, practitioner } from '../contact.mjs';
import { compare, rateOf } from '../measure.mjs';
import { ready, serve } from '../process.mjs';
import { newFolder, remove } from '../stores.mjs';

const here = import.meta.dirname;
const root = join(here, '../..');
const connections = 50;

const body = JSON.stringify(contact);
const headers = { 'waymark-dev-identity': practitioner };

export const httpCommand = {
  id: 'http-command',
  unit: 'requests/s',
  target: 0.6,
  what: 'a contact POSTed to referral (Nest, checks, sealing, reactions), against node:http appending the same',
  run: async ({ rounds, quick, progress }) => {
    const folders = [newFolder(), newFolder()];
    const servers = [];
    try {
      const env = { WAYMARK_PROFILE: 'development', WAYMARK_DATA: folders[0], WAYMARK_DEMO: 'off', PORT: '0', WAYMARK_LOG: 'warn' };
      servers.push(await serve([join(root, 'services/referral/dist/main.js')], env));
      servers.push(await serve([join(here, '../servers/bare.mjs'), folders[1]]));
      await ready(servers[0].port);
      const count = quick ? 100 : 3_000;
      const side =
        ({ port }) =>
        () =>
          rateOf(count, () => post({ port, path: '/api/referral/contacts', headers, bodyOf: () => body, count, connections }));
      const settle = async () => {
        // What is left to do after the last answer is not to be done in the other's time.
        while (/^waymark_reaction_lag\{[^}]*\} [1-9]/m.test(await (await fetch(`http://127.0.0.1:${servers[0].port}/metrics`)).text()));
      };
      const ours = side(servers[0]);
      return await compare({
        rounds,
        progress,
        ours: async () => {
          const rate = await ours();
          await settle();
          return rate;
        },
        reference: side(servers[1]),
      });
    } finally {
      for (const server of servers) await server.stop();
      folders.forEach(remove);
    }
  },
};
