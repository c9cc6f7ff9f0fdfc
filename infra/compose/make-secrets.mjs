// Makes the secrets that docker-compose.yml hands to its containers, each a file, each once: one that is there is never changed.
//   node infra/compose/make-secrets.mjs                        for the official images
//   node infra/compose/make-secrets.mjs --open-mongodb         where what speaks MongoDB's protocol asks for no password (FerretDB, from packages)
//   node infra/compose/make-secrets.mjs --folder /srv/secrets    elsewhere; then WAYMARK_SECRETS=/srv/secrets docker compose …
// Keep the master key where the backups of the databases are not: who has both can read everything, and without it nobody can read anything.
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { optionsOf } from '../run/options.mjs';

const { values: options } = optionsOf({
  options: {
    'open-mongodb': { type: 'boolean', default: false },
    folder: { type: 'string', default: join(import.meta.dirname, 'secrets') },
  },
});
const folder = resolve(options.folder);

// The folder is its owner's alone. The files in it can be read by all, since each container reads its own as a user of its own.
mkdirSync(folder, { recursive: true });
chmodSync(folder, 0o700);

const secret = (name, make) => {
  const path = join(folder, name);
  if (existsSync(path)) {
    console.log(`kept  ${name}`);
  } else {
    writeFileSync(path, `${make()}\n`, { flag: 'wx' });
    chmodSync(path, 0o644); // whatever the umask
    console.log(`made  ${name}`);
  }
  return readFileSync(path, 'utf8').trim();
};

const password = () => randomBytes(24).toString('base64url');

secret('master_key', () => randomBytes(32).toString('base64'));
const postgres = secret('postgres_password', password);
const mongodb = secret('mongodb_password', password);
secret('grafana_password', password);
secret('postgres_url', () => `postgres://waymark:${postgres}@postgres:5432/waymark`);
secret('mongodb_url', () =>
  options['open-mongodb']
    ? 'mongodb://mongodb:27017/?directConnection=true'
    : `mongodb://waymark:${mongodb}@mongodb:27017/?authSource=admin`,
);
secret('kurrentdb_url', () => 'kurrentdb://kurrentdb:2113?tls=false');
