import { v7 as newId } from 'uuid';
import { StandIn } from '../../../test/kurrentdb/stand-in.js';
import { eventLogSuite } from '../../conformance/event-log.suite.js';
import type { HandClock } from '../../conformance/samples.js';
import { openKurrentEventLog } from './log.js';

const ids = { next: () => newId() };

// The real client over real connections. The server is played: kurrentdb.engine.spec.ts asks a real one.
eventLogSuite(
  'KurrentDB, played by a stand-in,',
  () => {
    const servers: StandIn[] = [];
    let opened = 0;
    const open = (clock: HandClock) => openKurrentEventLog({ url: servers.at(-1)!.url, clock, ids, namespace: `waymark-${opened}` });
    return {
      open: async (clock) => {
        if (servers.length === 0) servers.push(await StandIn.start());
        opened += 1;
        return open(clock);
      },
      reopen: open,
      afterCrash: async (clock) => {
        const database = servers[0]!.database.copy();
        servers.push(await StandIn.start({ database }));
        return open(clock);
      },
      remove: async () => servers.forEach((server) => server.stop()),
    };
  },
  { durable: true },
);
