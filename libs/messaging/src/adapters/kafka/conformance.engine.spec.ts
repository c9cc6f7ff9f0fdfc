import { engineSuite } from '@waymark/testing';
import { busSuite } from '../../conformance/bus.suite.js';
import { findBrokers } from './broker.fixture.js';
import { KafkaHarness } from './harness.fixture.js';

await engineSuite('Kafka', findBrokers, ({ brokers }) => busSuite('Kafka, by kafkajs', async () => new KafkaHarness(brokers)));
