// schemathesis, in a place of its own: which version, how it is told what to do, what it found.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const version = '4.32.5';
const place = resolve(`.cache/schemathesis-${version}`);
const program = join(place, 'bin/schemathesis');

/** The program, installed at its first use; undefined where there is no Python to run it, or no way to get it. */
export const installed = () => {
  if (existsSync(program)) return program;
  try {
    mkdirSync(resolve('.cache'), { recursive: true });
    execFileSync('python3', ['-m', 'venv', place], { stdio: 'inherit' });
    execFileSync(join(place, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', `schemathesis==${version}`], {
      stdio: 'inherit',
    });
    return existsSync(program) ? program : undefined;
  } catch (error) {
    console.log(`schemathesis ${version} cannot be had: ${error.message}`);
    return undefined;
  }
};

// What is valid by its description may still break a rule of the practice (422), meet another state (409) or name what is not there (404): refused in words,
// and rightly. What may never happen is 400: "cannot be read".
const refusedRightly = [401, 403, 404, 409, 410, 412, 422, 503];
const invalid = [400, 401, 403, 404, 406, 412, 413, 415, 422, 428, 503];

const configOf = ({ seed, identityFor }) => `
seed = ${seed}
hooks = ${JSON.stringify(resolve('test/api/hooks.py'))}
continue-on-failure = true
request-timeout = 20.0

[checks]
enabled = true
not_a_server_error.expected-statuses = ["2xx", "3xx", "4xx", 503]
positive_data_acceptance.expected-statuses = ["2xx", ${refusedRightly.join(', ')}]
negative_data_rejection.expected-statuses = [${invalid.join(', ')}]
missing_required_header.expected-statuses = [400, 401, 403, 404, 428]

[generation]
database = "none"

[phases.stateful]
enabled = false

[phases.fuzzing]
enabled = true

${identityFor.map(([path, identity]) => `[[operations]]\ninclude-path = ${JSON.stringify(path)}\nheaders = { Waymark-Dev-Identity = ${JSON.stringify(identity)} }\n`).join('\n')}
`;

/** Runs it against a platform. @returns how it ended, and what it wrote */
export const run = async (program, { address, folder, known, identityFor, args = [], seed = 20260302 }) => {
  const config = join(folder, 'schemathesis.toml');
  writeFileSync(config, configOf({ seed, identityFor }));
  const report = join(folder, 'report.xml');
  const child = spawn(
    program,
    [
      '--config-file',
      config,
      'run',
      `${address}/api/openapi.json`,
      '--no-color',
      '--report',
      'junit',
      '--report-junit-path',
      report,
      ...args,
    ],
    { cwd: folder, env: { ...process.env, KNOWN_IDS: JSON.stringify(known) }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const code = await new Promise((done) => child.once('close', done));
  return { code, output, ...countsOf(existsSync(report) ? readFileSync(report, 'utf8') : '') };
};

/** Operations that held, that did not, and that nothing was sent to, of a JUnit report. */
const countsOf = (xml) => {
  const cases = xml.match(/<testcase\b[\s\S]*?(\/>|<\/testcase>)/g) ?? [];
  const failed = cases.filter((one) => /<(failure|error)\b/.test(one)).length;
  const skipped = cases.filter((one) => /<skipped\b/.test(one)).length;
  return { passed: cases.length - failed - skipped, failed, skipped };
};
