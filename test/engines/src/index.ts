// Real engines for test suites, started through Testcontainers.
export { available } from './available.js';
export type { Availability } from './available.js';
export { catalogue } from './catalogue.js';
export type { EngineName } from './catalogue.js';
export type { Address, Engine, Faults, Node } from './engine.js';
export { findEngine } from './find.js';
export type { Absent } from './find.js';
export { startKafka } from './kafka.js';
export type { Broker, Kafka, KafkaOptions } from './kafka.js';
export { startKurrentDb } from './kurrentdb.js';
export type { KurrentDb, KurrentDbOptions } from './kurrentdb.js';
export type { Link, Toxic } from './link.js';
export { startMongo } from './mongo.js';
export type { Mongo, MongoOptions } from './mongo.js';
export { startPostgres } from './postgres.js';
export type { Postgres, PostgresOptions } from './postgres.js';
export { startToxiproxy } from './toxiproxy.js';
export type { Toxiproxy } from './toxiproxy.js';
