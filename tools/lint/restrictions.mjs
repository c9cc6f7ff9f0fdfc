// What code may not do, and the words that say so.

/** The ambient sources of time and chance: nobody but the adapters that stand for them reads one. */
const clockAndChance = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'No ambient clock: take the moment from the command or the Clock.',
  },
  { selector: "CallExpression[callee.name='Date']", message: 'No ambient clock: take the moment from the command or the Clock.' },
];

const nothingAround = [
  { selector: 'MetaProperty', message: 'A pure lib knows nothing of where it runs.' },
  { selector: 'ImportExpression', message: 'A pure lib loads nothing while it runs.' },
];

const noReexport = [
  { selector: 'ExportAllDeclaration', message: 'No barrels: only src/index.ts passes on what other files export.' },
  { selector: 'ExportNamedDeclaration[source]', message: 'No barrels: only src/index.ts passes on what other files export.' },
];

const noInnerIndex = [{ selector: 'Program', message: 'No barrels: a project has one index.ts, at src/index.ts.' }];

const testCall = '/^(describe|it|test)$/';
const everyTestRuns = [
  {
    selector: `MemberExpression[object.name=${testCall}][property.name=/^(only|skip)$/]`,
    message: 'Every test runs: no `.only` and no `.skip`.',
  },
  {
    selector: 'CallExpression[callee.name=/^(fit|fdescribe|ftest|xit|xdescribe|xtest)$/]',
    message: 'Every test runs: no focused and no excluded test.',
  },
];

const severity = (entries) => ['error', ...entries];

export const syntax = {
  anywhere: severity(noReexport),
  index: 'off',
  innerIndex: severity(noInnerIndex),
  injected: severity([...clockAndChance, ...noReexport]),
  injectedIndex: severity(clockAndChance),
  pure: severity([...clockAndChance, ...nothingAround, ...noReexport]),
  pureIndex: severity([...clockAndChance, ...nothingAround]),
  spec: severity([...everyTestRuns, ...noReexport]),
};

/** Members that read the clock or make chance. */
export const ambientProperties = severity([
  { object: 'Date', property: 'now', message: 'No ambient clock: take the moment from the command or the Clock.' },
  { object: 'Math', property: 'random', message: 'No ambient chance: what is chosen comes in from outside.' },
  { object: 'crypto', property: 'randomUUID', message: 'No ambient ids: commands carry theirs, others come from Ids.' },
]);

const environment = [
  'process',
  'global',
  'globalThis',
  'performance',
  'crypto',
  'Buffer',
  'console',
  'fetch',
  'require',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'clearImmediate',
  'queueMicrotask',
];

/** Globals that a pure lib does not touch. */
export const ambientGlobals = severity(
  environment.map((name) => ({ name, message: 'A pure lib reads no clock, no chance and nothing of its surroundings.' })),
);

const pureExternals = ['zod', 'uuid', 'date-fns/addDays', 'date-fns/addMonths', '@date-fns/tz'];
const escape = (name) => name.replaceAll('/', '\\/');

/**
 * Imports of a pure lib: its own files, the workspace (where the boundaries decide) and a few libraries, less what reads clock or chance.
 * Of date-fns what is used, by its own path: its index loads every locale.
 */
export const pureImports = severity([
  {
    patterns: [
      {
        regex: `^(?!\\.|@waymark\\/|(?:${pureExternals.map(escape).join('|')})$)`,
        message: 'A pure lib imports no engine, no framework and no node: builtin.',
      },
    ],
    paths: [
      {
        name: 'uuid',
        allowImportNames: ['v5', 'validate', 'version'],
        message: 'New ids come in from outside; only derived ones are made here.',
      },
    ],
  },
]);

/** Services read through the gate, whatever kind of file it is: the raw stores are the platform's. Reactions are given what they take in. */
export const rawStores = severity([
  {
    paths: [
      {
        name: '@waymark/nest',
        importNames: ['EVENT_STORE', 'READ_MODELS', 'AGGREGATES'],
        message: 'A service takes no raw store: read a list by CaseLists, a case by CaseRecords (docs/writing-a-service.md, the gate).',
      },
    ],
  },
]);
