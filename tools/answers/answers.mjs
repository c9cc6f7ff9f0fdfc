// Makes the schemas of what queries answer from their return types, so that the API's description says what the code does: one file in each service.
//   npx nx answers tools           writes them
//   npx nx answers tools --check says whether what is committed is what would be written, and fails where it is not
import { readFileSync, writeFileSync } from 'node:fs';
import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import ts from 'typescript';
import { Schemas } from './schemas.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const routes = new Set(['Shows', 'ShowsBySearch', 'ShowsNothingPersonal', 'Operates', 'Get']);

/** Where the controllers of a part of the platform are, and where their answers go. */
const parts = [
  ...['referral', 'assessment', 'planning', 'targeted-support', 'reporting'].map((service) => ({
    sources: `services/${service}/src/**/*.ts`,
    file: `services/${service}/src/answers.ts`,
    library: '@waymark/nest',
  })),
  { sources: 'libs/nest/src/**/*.ts', file: 'libs/nest/src/documentation/platform-answers.ts', library: './answers.js' },
];

const filesOf = (pattern) => globSync(pattern, { cwd: root }).filter((file) => !file.endsWith('.spec.ts'));

const programOf = () => {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), (file) => readFileSync(file, 'utf8'));
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, root);
  const files = parts.flatMap(({ sources }) => filesOf(sources)).map((file) => join(root, file));
  return ts.createProgram(files, { ...options, noEmit: true, composite: false });
};

const decoratorsOf = (node) =>
  (ts.getDecorators(node) ?? []).map(({ expression }) =>
    ts.isCallExpression(expression) ? expression.expression.getText() : expression.getText(),
  );

/** Every handler of a query: its class, its method. */
const handlersOf = (source) => {
  const found = [];
  const visit = (node) => {
    if (ts.isClassDeclaration(node) && node.name)
      for (const method of node.members.filter(ts.isMethodDeclaration))
        if (decoratorsOf(method).some((name) => routes.has(name))) found.push({ controller: node.name.text, method });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
};

const textOf = async ({ answers, parts: shared }, { file, library }) => {
  const words = '// Made by `npx nx answers tools` from the return types of the controllers. Not to be changed by hand.';
  const body = `${words}\nimport type { AnswerSchemas } from '${library}';\n\nexport const answers: AnswerSchemas = ${JSON.stringify({ answers, parts: shared })};\n`;
  return prettier.format(body, { ...(await prettier.resolveConfig(join(root, file))), filepath: file });
};

const program = programOf();
const checker = program.getTypeChecker();
const schemas = new Schemas(checker);
let stale = 0;
for (const part of parts) {
  const answers = {};
  const named = schemas.collection();
  for (const file of filesOf(part.sources)) {
    for (const { controller, method } of handlersOf(program.getSourceFile(join(root, file)))) {
      const signature = checker.getSignatureFromDeclaration(method);
      const returned = checker.getAwaitedType(checker.getReturnTypeOfSignature(signature));
      const schema = returned && schemas.of(returned, named);
      if (schema && Object.keys(schema).length > 0) answers[`${controller.replace(/Controller$/, '')}_${method.name.getText()}`] = schema;
    }
  }
  const sorted = (object) => Object.fromEntries(Object.entries(object).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const text = await textOf({ answers: sorted(answers), parts: sorted(named.schemas) }, part);
  const path = join(root, part.file);
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    stale += 1;
    console.log(`${part.file} does not say what the code answers: run npx nx answers tools`);
  }
}
if (process.argv.includes('--check')) console.log(`${parts.length - stale} passed, ${stale} failed, 0 skipped`);
process.exitCode = stale === 0 ? 0 : 1;
