import { expect, it } from '@jest/globals';
import { freeTextInAddresses, testPlatform } from '@waymark/nest';
import { services } from '../src/services.js';

it('no address of any service takes free text, so that nobody is named in one', async () => {
  const platform = await testPlatform(services, { now: '2026-03-02T09:15:00Z' });
  try {
    const { body } = await platform.raw({ method: 'GET', url: '/api/openapi.json' });
    expect(Object.keys(body.paths).length).toBeGreaterThan(50);
    expect(freeTextInAddresses(body)).toEqual([]);
  } finally {
    await platform.stop();
  }
}, 30_000);
