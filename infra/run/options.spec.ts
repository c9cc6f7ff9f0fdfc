import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';

const called = (...args: string[]) => {
  const program = `
    import { optionsOf } from './infra/run/options.mjs';
    const { values } = optionsOf({ options: { kills: { type: 'string', default: '5' }, 'no-build': { type: 'boolean' } } });
    console.log(JSON.stringify(values));`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program, '--', ...args], {
    encoding: 'utf8',
  });
  return { status, stdout: stdout.trim(), stderr: stderr.trim() };
};

it('reads the options of a command', () => {
  expect(called('--kills', '7')).toEqual({ status: 0, stdout: '{"kills":"7"}', stderr: '' });
});

it.each([
  [['--help'], "Unknown option '--help'; the options are --kills, --no-build"],
  [['--kills'], "Option '--kills <value>' argument missing; the options are --kills, --no-build"],
  [['twice'], "Unexpected argument 'twice'"],
])('refuses %s in one line that says what there is', (args, line) => {
  const { status, stdout, stderr } = called(...args);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(line);
  expect(stderr.split('\n')).toHaveLength(1);
});
