// Tools that are built from their Go modules, each once per version.
//   node infra/images/go-tools.mjs compose     prints the path of the binary
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cacheFolder, once } from './cache.mjs';
import { mendedText } from './mend.mjs';
import { run } from './run.mjs';

/**
 * `ownMain`: a file beside the recipes that stands for the module's command. `mended`: what is changed in the module before it is built, each place found
 * once or not built at all; the number tells binaries apart that were made before and after.
 */
export const goTools = {
  toxiproxy: {
    version: '2.12.0',
    module: 'github.com/Shopify/toxiproxy/v2',
    command: 'github.com/Shopify/toxiproxy/v2/cmd/server',
    set: { 'github.com/Shopify/toxiproxy/v2.Version': '2.12.0' },
  },
  // Its own command looks for a file of its version that a module does not carry.
  ferretdb: {
    version: '1.24.2',
    module: 'github.com/FerretDB/FerretDB',
    ownMain: 'ferretdb/main.go',
    mended: {
      number: 2,
      package: 'internal/backends/postgresql',
      adds: ['ferretdb/postgresql/read_all.go', 'ferretdb/postgresql/by_id.go'],
      edits: [
        {
          file: 'collection.go',
          from: 'return &backends.QueryResult{\n\t\tIter: newQueryIterator(ctx, rows, params.OnlyRecordIDs),\n\t}, nil',
          to: 'return readAll(newQueryIterator(ctx, rows, params.OnlyRecordIDs))',
        },
        {
          file: 'query.go',
          from: '\t\t\t\tcase "$eq":\n',
          to: '\t\t\t\tcase "$in":\n\t\t\t\t\tif f, a := amongIDs(p, rootKey, v); f != "" {\n\t\t\t\t\t\tfilters, args = append(filters, f), append(args, a...)\n\t\t\t\t\t}\n\n\t\t\t\tcase "$eq":\n',
        },
        {
          file: 'query.go',
          from: '\tcase string, types.ObjectID, time.Time:\n\t\t// merge with the case below?\n',
          to: '\tcase string, types.ObjectID, time.Time:\n\t\tif k == "_id" {\n\t\t\treturn byID(p, v)\n\t\t}\n\n\t\t// merge with the case below?\n',
        },
      ],
    },
  },
  compose: {
    version: '2.40.3',
    module: 'github.com/docker/compose/v2',
    command: 'github.com/docker/compose/v2/cmd',
    set: { 'github.com/docker/compose/v2/internal.Version': 'v2.40.3' },
  },
  kustomize: { version: '5.7.1', module: 'sigs.k8s.io/kustomize/kustomize/v5', command: 'sigs.k8s.io/kustomize/kustomize/v5' },
};

const flagsOf = ({ set = {} }) => ['-s', '-w', ...Object.entries(set).map(([name, value]) => `-X ${name}=${value}`)].join(' ');

/** A module's own code stays where Go keeps it; a copy is changed and built. */
const mend = async (go, folder, { module, mended }) => {
  await go('get', '.');
  await go('mod', 'vendor');
  const changed = join(folder, 'vendor', module, mended.package);
  for (const added of mended.adds) copyFileSync(join(import.meta.dirname, added), join(changed, basename(added)));
  for (const edit of mended.edits) {
    const file = join(changed, edit.file);
    writeFileSync(file, mendedText(readFileSync(file, 'utf8'), edit));
  }
};

const compile = async (name, folder, binary) => {
  const tool = goTools[name];
  const go = (...args) => run('go', args, { cwd: folder, env: { CGO_ENABLED: '0', GOFLAGS: '' } });
  writeFileSync(join(folder, 'go.mod'), `module waymark/${name}\n`);
  if (tool.ownMain) copyFileSync(join(import.meta.dirname, tool.ownMain), join(folder, 'main.go'));
  await go('get', `${tool.command ?? tool.module}@v${tool.version}`);
  if (tool.mended) await mend(go, folder, tool);
  const from = tool.mended ? '-mod=vendor' : '-mod=mod';
  await go('build', from, '-trimpath', '-ldflags', flagsOf(tool), '-o', binary, tool.ownMain ? '.' : tool.command);
};

/** @returns {Promise<string>} the path of the binary */
export const goTool = (name) => {
  const { version, mended } = goTools[name];
  const folder = cacheFolder('go', `${name}-${version}${mended ? `-mended-${mended.number}` : ''}`);
  return once(join(folder, name), (binary) => compile(name, folder, binary));
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , name = ''] = process.argv;
  if (!Object.hasOwn(goTools, name)) throw new Error(`no such tool: ${name}; there are ${Object.keys(goTools).join(', ')}`);
  console.log(await goTool(name));
}
