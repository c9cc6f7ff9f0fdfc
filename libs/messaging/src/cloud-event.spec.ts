import { CaseId, derivedId } from '@waymark/kernel';
import { describe, expect, it } from '@jest/globals';
import type { Message } from './bus.js';
import { fromCloudEvent, NotACloudEvent, toCloudEvent } from './cloud-event.js';

const message: Message = {
  id: derivedId('m'),
  type: 'earlyhelp.planning.episode-opened.v1',
  source: '/services/planning',
  time: '2026-03-02T09:15:00.000Z',
  key: CaseId.parse(derivedId('c')),
  position: '0000000000000007',
  correlationId: derivedId('k'),
  data: { episodeId: derivedId('e') },
};

describe('a message as a CloudEvent', () => {
  it('has the attributes of CloudEvents 1.0 in structured JSON', () => {
    expect(JSON.parse(toCloudEvent(message))).toEqual({
      specversion: '1.0',
      id: message.id,
      type: message.type,
      source: '/services/planning',
      time: '2026-03-02T09:15:00.000Z',
      datacontenttype: 'application/json',
      partitionkey: message.key,
      position: '0000000000000007',
      correlationid: message.correlationId,
      data: message.data,
    });
  });

  it('comes back as it was, and bears attributes that came later', () => {
    expect(fromCloudEvent(toCloudEvent(message))).toEqual(message);
    const later = JSON.stringify({ ...JSON.parse(toCloudEvent(message)), dataschema: 'https://example.org/x' });
    expect(fromCloudEvent(later)).toEqual(message);
  });

  it('is refused when it is of another version or lacks an attribute, naming which and no value', () => {
    const event = JSON.parse(toCloudEvent(message)) as Record<string, unknown>;
    expect(() => fromCloudEvent(JSON.stringify({ ...event, specversion: '0.3' }))).toThrow(
      new NotACloudEvent('not a CloudEvent of the platform: specversion'),
    );
    expect(() => fromCloudEvent(JSON.stringify({ ...event, time: 'secret', id: 'secret' }))).toThrow(
      new NotACloudEvent('not a CloudEvent of the platform: id, time'),
    );
    expect(() => fromCloudEvent('{')).toThrow(NotACloudEvent);
  });
});
