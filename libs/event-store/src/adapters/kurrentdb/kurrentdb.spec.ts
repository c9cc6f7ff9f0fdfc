import { v7 as newId } from 'uuid';
import { Database } from '../../../test/kurrentdb/database.js';
import { StandIn } from '../../../test/kurrentdb/stand-in.js';
import { eventLogSuite } from '../../conformance/event-log.suite.js';
import type { HandClock } from '../../conformance/samples.js';
import { openKurrentEventLog } from './log.js';

const ids = { next: () => newId() };

// The real client over real connections. The server is played: kurrentdb.engine.spec.ts asks a real one.
eventLogSuite(
  'KurrentDB, played by a stand-in,',
  () => {
    let server: StandIn | undefined;
    let opened = 0;
    const open = (clock: HandClock) => openKurrentEventLog({ url: server!.url, clock, ids, namespace: `waymark-${opened}` });
    return {
      open: async (clock) => {
        server ??= await StandIn.start();
        opened += 1;
        return open(clock);
      },
      reopen: open,
      afterCrash: async (clock) => {
        const { database } = server!;
        const held = new Database();
        void held;
        server!.stop();
        server = await StandIn.start({ database });
        return open(clock);
      },
      remove: async () => server?.stop(),
    };
  },
  { durable: true },
);
