// Every figure, in the order in which they are shown.
import { append1, append50, append50Sealing } from './benches/append.mjs';
import { appendEmmett, appendEmmettKept } from './benches/emmett.mjs';
import { httpCommand } from './benches/http.mjs';
import { load30, loadCached } from './benches/load.mjs';
import { rebuildOne } from './benches/rebuild.mjs';
import { idleMemory, startSecond } from './benches/standing.mjs';

export const benches = [
  append50,
  append50Sealing,
  appendEmmett,
  appendEmmettKept,
  append1,
  load30,
  loadCached,
  rebuildOne,
  httpCommand,
  startSecond,
  idleMemory,
];
