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

  it.each<[string, (text: string) => string]>([
    ['attributes in another order', (text) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text) as object).reverse()))],
    ['space between them', (text) => JSON.stringify(JSON.parse(text), null, 2)],
    ['an attribute behind the data', (text) => text.replace(/}$/, ',"dataschema":"https://example.org/x"}')],
    ['signs that JSON writes otherwise', (text) => text.replace('earlyhelp', '\\u0065arlyhelp')],
    ['a day that not every month has', (text) => text.replace('2026-03-02', '2026-03-31')],
  ])('is read with %s', (_, change) => {
    const changed = change(toCloudEvent(message));
    expect(changed).not.toBe(toCloudEvent(message));
    expect(fromCloudEvent(changed)).toEqual({ ...message, time: (JSON.parse(changed) as { time: string }).time });
  });

  it('is what JSON makes of it, where an attribute is given twice', () => {
    const twice = toCloudEvent(message).replace(/}$/, `,"position":"0000000000000009"}`);
    expect(fromCloudEvent(twice).position).toBe('0000000000000009');
  });

  it.each<[string, Partial<Message>]>([
    ['a position in words that JSON has to escape', { position: 'the "7th"' }],
    ['a day that not every month has', { time: '2026-03-31T09:15:00.000Z' }],
    ['data with a brace and a quotation mark in it', { data: { reason: '"}' } }],
    ['a list for data', { data: [1, 2] }],
    ['the name of a stream for its key', { key: 'planning.panel-north-2026-03-02' }],
    ['the event that it publishes', { causationId: derivedId('event') }],
  ])('comes back as it was with %s', (_, more) => {
    expect(fromCloudEvent(toCloudEvent({ ...message, ...more }))).toEqual({ ...message, ...more });
  });

  it.each<[string, (text: string) => string]>([
    ['cut off', (text) => text.slice(0, -1)],
    ['followed by something', (text) => `${text} and more`],
    ['without data', (text) => text.replace(/"data":.*$/, '"data":}')],
  ])('is refused when it is %s', (_, change) => {
    expect(() => fromCloudEvent(change(toCloudEvent(message)))).toThrow(new NotACloudEvent('not a CloudEvent of the platform: not JSON'));
  });

  it.each<[string, Partial<Message>]>([
    ['time', { time: '2026-02-30T09:15:00.000Z' }],
    ['id', { id: derivedId('m').toUpperCase() as never }],
    ['position', { position: '' }],
    ['partitionkey', { key: 'Jane Doe' as never }],
    ['causationid', { causationId: 'secret' as never }],
  ])('is not written with a wrong %s', (attribute, more) => {
    expect(() => toCloudEvent({ ...message, ...more })).toThrow(new NotACloudEvent(`not a CloudEvent of the platform: ${attribute}`));
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
