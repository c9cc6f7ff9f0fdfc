import { busSuite } from '../conformance/bus.suite.js';
import { pastTheBus } from '../conformance/past-the-bus.fixture.js';
import { MemoryBus, MemoryTopicLog } from './memory.js';

busSuite('memory', async () => {
  const log = new MemoryTopicLog();
  const open = async (contracts: ConstructorParameters<typeof MemoryBus>[0]['contracts']) => new MemoryBus({ contracts }, log);
  return { open, afterCrash: open, cleanUp: async () => {}, ...pastTheBus(() => log) };
});
