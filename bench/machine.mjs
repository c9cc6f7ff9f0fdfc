// What a figure was measured on.
import { statfsSync } from 'node:fs';
import { cpus, loadavg, platform, release, tmpdir, totalmem } from 'node:os';
import { DatabaseSync } from 'node:sqlite';

const tmpfs = 0x01021994;

export const machine = () => {
  const folder = process.env.WAYMARK_BENCH_FOLDER ?? tmpdir();
  const database = new DatabaseSync(':memory:');
  const { version } = database.prepare('SELECT sqlite_version() AS version').get();
  database.close();
  return {
    cores: cpus().length,
    cpu: cpus()[0]?.model ?? 'unknown',
    memoryMb: Math.round(totalmem() / 1024 / 1024),
    system: `${platform()} ${release()}`,
    node: process.versions.node,
    sqlite: version,
    folder,
    inMemoryFolder: statfsSync(folder).type === tmpfs,
    loadBefore: Number(loadavg()[0].toFixed(2)),
  };
};
