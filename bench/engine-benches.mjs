// Every figure that needs an engine beside Node, in the order in which they are shown.
import { commandToProjection } from './benches/command-to-projection.mjs';
import { appendWithRelay } from './benches/kafka-append.mjs';
import { kafkaConsume } from './benches/kafka-consume.mjs';
import { kafkaRelay } from './benches/kafka-relay.mjs';
import { pgAppend50 } from './benches/pg-append.mjs';
import { pgAppend50Emmett } from './benches/pg-emmett.mjs';

export const benches = [pgAppend50, pgAppend50Emmett, kafkaRelay, appendWithRelay, kafkaConsume, commandToProjection];
