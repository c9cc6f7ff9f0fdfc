// Walks the README as a newcomer would: starts the platform with its own command, runs every `bash` block of "Follow one case" in order in one shell, and
// holds what each prints against the `text` block behind it. Nothing is written here that a reader would not type.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const section = 'Follow one case';
const port = 3000;

/** The section's blocks in order: what to run, and the lines that it has to print. */
export const stepsOf = (readme) => {
  const text = readme.split(/^## /m).find((part) => part.startsWith(section));
  if (!text) throw new Error(`the README has no section "${section}"`);
  const blocks = [...text.matchAll(/^```(bash|text)\n([\s\S]*?)^```$/gm)].map(([, kind, body]) => ({ kind, body }));
  return blocks.flatMap(({ kind, body }, index) => {
    if (kind !== 'bash') return [];
    const next = blocks[index + 1];
    return [
      {
        run: body,
        expected: next?.kind === 'text' ? next.body.split('\n').filter((line) => line.trim() !== '' && line.trim() !== '…') : [],
      },
    ];
  });
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

const walk = async (steps) => {
  // One shell for all, as at a terminal: later steps use what earlier ones set.
  const script = steps.map(({ run }, index) => `printf '%s\\n' '${mark}${index}'\n${run}`).join('\n');
  const shell = spawn('bash', ['-c', script], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [shell.stdout, shell.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  await new Promise((resolve) => shell.on('close', resolve));
  const printed = output.split(new RegExp(`${mark}(?=\\d+\\n)`)).slice(1);
  return steps.map(({ expected }, index) => {
    const lines = printed[index]?.replace(/^\d+\n/, '');
    return { lines: lines ?? '', lacks: lines === undefined ? ['(it was not reached)'] : missing(lines, expected) };
  });
};

const ready = async (child) => {
  for (let tries = 0; tries < 1200 && child.exitCode === null; tries++) {
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
    if (answer?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return false;
};

const main = async () => {
  const steps = stepsOf(readFileSync('README.md', 'utf8'));
  const folder = mkdtempSync(join(tmpdir(), 'waymark-readme-'));
  const server = spawn('npm', ['start'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, WAYMARK_DATA: folder, PORT: String(port) },
    detached: true,
  });
  try {
    if (!(await ready(server))) throw new Error(`the platform did not start on port ${port}`);
    const results = await walk(steps);
    let failed = 0;
    for (const [index, { lines, lacks }] of results.entries()) {
      const wrong = lacks.length > 0;
      if (wrong) failed += 1;
      console.log(
        `${wrong ? 'not ok' : 'ok'} step ${index + 1} of ${results.length}: ${steps[index].run.trim().split('\n')[0].slice(0, 100)}`,
      );
      if (wrong) console.log(`  lacks:\n    ${lacks.join('\n    ')}\n  printed:\n    ${lines.trim().split('\n').join('\n    ')}`);
    }
    console.log(`${results.length - failed} passed, ${failed} failed, 0 skipped`);
    return failed === 0 && results.length > 0 ? 0 : 1;
  } finally {
    // npm hands signals on to its own child only; the group is what was started.
    try {
      process.kill(-server.pid, 'SIGTERM');
    } catch {
      // It ended by itself.
    }
    await new Promise((resolve) => (server.exitCode === null && server.signalCode === null ? server.once('exit', resolve) : resolve()));
    rmSync(folder, { recursive: true, force: true });
  }
};

if (process.argv[1]?.endsWith('walk.mjs')) process.exitCode = await main();
