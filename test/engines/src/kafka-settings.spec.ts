import { describe, expect, it } from '@jest/globals';
import { environmentOf } from './kafka-settings.js';

const member = (id: number, proxied = false) => ({
  id,
  name: `broker-${id}`,
  outside: { host: '127.0.0.1', port: 20_000 + id },
  ...(proxied ? { proxied: { host: '127.0.0.1', port: 21_000 + id } } : {}),
});

describe('The settings of a broker', () => {
  it('name one copy for one broker', () => {
    const alone = environmentOf(member(1), [member(1)], {});
    expect(alone).toMatchObject({ KAFKA_DEFAULT_REPLICATION_FACTOR: '1', KAFKA_MIN_INSYNC_REPLICAS: '1' });
  });

  it('name three copies for three brokers, of which two have to be written', () => {
    const members = [member(1), member(2), member(3)];
    expect(environmentOf(member(2), members, {})).toMatchObject({
      KAFKA_NODE_ID: '2',
      KAFKA_DEFAULT_REPLICATION_FACTOR: '3',
      KAFKA_MIN_INSYNC_REPLICAS: '2',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@broker-1:9095,2@broker-2:9095,3@broker-3:9095',
    });
  });

  it('send clients to the link that stands before the broker, beside its own address', () => {
    const behind = member(1, true);
    expect(environmentOf(behind, [behind], {})['KAFKA_ADVERTISED_LISTENERS']).toBe(
      'OUTSIDE://127.0.0.1:20001,CLUSTER://broker-1:9093,PROXIED://127.0.0.1:21001',
    );
  });

  it('give way to those of the suite', () => {
    expect(environmentOf(member(1), [member(1)], { 'auto.create.topics.enable': 'true', 'message.max.bytes': '9' })).toMatchObject({
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'true',
      KAFKA_MESSAGE_MAX_BYTES: '9',
    });
  });
});
