// The process under test: the product's services, started the product's way, with the probe beside them.
//   node server.mjs                       as it is
//   node server.mjs ack-before-commit     broken on purpose: answers before the event is on the disk
//   node server.mjs checkpoint-first      broken on purpose: writes how far a reaction has come before what it did
//   node server.mjs small-disk            as it is, but SIGUSR2 takes the room to write away and SIGUSR1 gives it back
import 'reflect-metadata';
import { runServices } from '@waymark/nest';
import { services } from '@waymark/standalone-service';
import { probeOf } from '../proof/probe.mjs';

const all = [...services, probeOf(services)];
const [, , variant] = process.argv;
if (variant === undefined) {
  const running = await runServices('Waymark in the crash test', all);
  if (running) process.stdout.write(`listens on ${running.address}\n`);
} else {
  const { runVariant } = await import('./variants.mjs');
  process.stdout.write(`listens on ${await runVariant(variant, all)}\n`);
}
