// Walks the documentation as a newcomer would: starts the platform with its own command, runs every `bash` block of the pages below in order, each page in
// a shell of its own, and holds what each prints against the `text` block behind it. Nothing is written here that a reader would not type.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const port = 3000;
/** A page's commands, or those of one of its sections (`##`). */
const whileItRuns = [
  { page: 'docs/walkthrough.md' },
  { page: 'docs/integrators.md', section: 'Try it' },
  { page: 'docs/operations.md', section: 'While it runs' },
];
const whileItIsStopped = [{ page: 'docs/operations.md', section: 'While it is stopped' }];

const sectionOf = (text, section) => {
  const part = text.split(/^## /m).find((candidate) => candidate.startsWith(`${section}\n`));
  if (!part) throw new Error(`the page has no section "${section}"`);
  return part;
};

/** The blocks of a page, or of one section of it, in order: what to run, and the lines that it has to print. */
export const stepsOf = (page, section) => {
  const text = section === undefined ? page : sectionOf(page, section);
  const blocks = [...text.matchAll(/^```(bash|text)\n([\s\S]*?)^```$/gm)].map(([, kind, body]) => ({ kind, body }));
  const steps = blocks.flatMap(({ kind, body }, index) => {
    if (kind !== 'bash') return [];
    const next = blocks[index + 1];
    const lines = next?.kind === 'text' ? next.body.split('\n') : [];
    return [{ run: body, expected: lines.filter((line) => line.trim() !== '' && line.trim() !== '…') }];
  });
  if (steps.length === 0) throw new Error('the page has no commands');
  return steps;
};

/** The expected lines that what was printed lacks; `…` in a line stands for anything. */
export const missing = (printed, expected) => {
  let rest = printed;
  return expected.filter((line) => {
    const pattern = line
      .trim()
      .split('…')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*');
    const found = new RegExp(pattern).exec(rest);
    if (found) rest = rest.slice(found.index + found[0].length);
    return !found;
  });
};

const mark = '---8<---waymark-step-';

const walk = async (steps, env) => {
  // One shell for a page, as at a terminal: later steps use what earlier ones set.
  const script = steps.map(({ run }, index) => `printf '%s\\n' '${mark}${index}'\n${run}`).join('\n');
  const shell = spawn('bash', ['-c', script], { stdio: ['ignore', 'pipe', 'pipe'], env });
  let output = '';
  for (const stream of [shell.stdout, shell.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  await new Promise((resolve) => shell.on('close', resolve));
  const printed = output.split(new RegExp(`${mark}(?=\\d+\\n)`)).slice(1);
  return steps.map(({ run, expected }, index) => {
    const lines = printed[index]?.replace(/^\d+\n/, '');
    return { run, lines: lines ?? '', lacks: lines === undefined ? ['(it was not reached)'] : missing(lines, expected) };
  });
};

/** @returns how many of the steps passed, and how many failed */
const report = (page, results) => {
  for (const [index, { run, lines, lacks }] of results.entries()) {
    const wrong = lacks.length > 0;
    console.log(`${wrong ? 'not ok' : 'ok'} ${page} step ${index + 1} of ${results.length}: ${run.trim().split('\n')[0].slice(0, 100)}`);
    if (wrong) console.log(`  lacks:\n    ${lacks.join('\n    ')}\n  printed:\n    ${lines.trim().split('\n').join('\n    ')}`);
  }
  const failed = results.filter(({ lacks }) => lacks.length > 0).length;
  return { passed: results.length - failed, failed };
};

const walkAll = async (pages, env) => {
  const counts = [];
  for (const { page, section } of pages) counts.push(report(page, await walk(stepsOf(readFileSync(page, 'utf8'), section), env)));
  return counts;
};

const ready = async (child) => {
  for (let tries = 0; tries < 1200 && child.exitCode === null; tries++) {
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
    if (answer?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return false;
};

const stop = async (server) => {
  // npm hands signals on to its own child only; the group is what was started.
  try {
    process.kill(-server.pid, 'SIGTERM');
  } catch {
    // It ended by itself.
  }
  if (server.exitCode === null && server.signalCode === null) await new Promise((resolve) => server.once('exit', resolve));
};

const whileRunning = async (env, work) => {
  const server = spawn('npm', ['start'], { stdio: ['ignore', 'inherit', 'inherit'], env, detached: true });
  try {
    if (!(await ready(server))) throw new Error(`the platform did not start on port ${port}`);
    return await work();
  } finally {
    await stop(server);
  }
};

const sum = (counts, name) => counts.reduce((total, count) => total + count[name], 0);

const main = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-readme-'));
  // What a step puts into a temporary folder goes with it.
  const env = { ...process.env, WAYMARK_DATA: join(folder, 'data'), TMPDIR: join(folder, 'tmp'), PORT: String(port) };
  mkdirSync(env.TMPDIR);
  try {
    const running = await whileRunning(env, () => walkAll(whileItRuns, env));
    const counts = [...running, ...(await walkAll(whileItIsStopped, env))];
    console.log(`${sum(counts, 'passed')} passed, ${sum(counts, 'failed')} failed, 0 skipped`);
    return sum(counts, 'failed') === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

if (process.argv[1]?.endsWith('walk.mjs')) process.exitCode = await main();
