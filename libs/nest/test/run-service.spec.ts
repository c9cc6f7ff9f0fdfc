import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { embedded, startServices, type Config } from '../src/index.js';
import { notebookService } from './notebook.fixture.js';

describe('the start of a process', () => {
  let folder = '';
  let other: Server;
  let port = 0;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'waymark-start-'));
    other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    port = (other.address() as { port: number }).port;
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const start = () => {
    const config: Config = {
      profile: 'development',
      dataFolder: folder,
      keysFolder: join(folder, 'keys'),
      host: '127.0.0.1',
      port,
      logLevel: 'silent',
      demo: false,
      ...embedded,
    };
    return startServices({ title: 'Started', config, services: [notebookService], progress: () => undefined });
  };

  it('that cannot listen lets go of every file, and can be made again', async () => {
    await expect(start()).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await new Promise((resolve) => other.close(resolve));
    const running = await start();
    expect(running.platform.reactions.status().every((reaction) => reaction.running)).toBe(true);
    await running.stop();
    expect(running.platform.reactions.status().some((reaction) => reaction.running)).toBe(false);
  });
});
