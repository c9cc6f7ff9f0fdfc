import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Demonstration, demonstrate, whatIsDue } from './demonstration.js';
import { about, planVersion, readMarker, writeMarker, type Marker } from './marker.js';

const marker: Marker = { about, state: 'loading', seed: 'waymark', today: '2026-11-24', plan: planVersion, families: 7, of: 42 };

describe('whether a demonstration is due', () => {
  it.each([
    ['an empty record', undefined, true, 'begin', 'nothing'],
    ['a record of somebody’s own', undefined, false, 'nothing', 'nothing'],
    ['a borough that is loaded', { ...marker, state: 'loaded' as const }, false, 'loaded', 'loaded'],
    ['an interrupted load', marker, false, 'continue', 'left-incomplete'],
    ['an interrupted load before anything was recorded', marker, true, 'begin', 'nothing'],
    ['an interrupted load of another version', { ...marker, plan: planVersion + 1 }, false, 'cannot-continue', 'left-incomplete'],
    ['a marker that nobody can read', 'unreadable' as const, false, 'cannot-continue', 'cannot-continue'],
  ] as const)('finds in %s what to do, wanted or not', (...row) => {
    const [, found, empty, wanted, unwanted] = row;
    expect(whatIsDue(found, { empty, wanted: true })).toBe(wanted);
    expect(whatIsDue(found, { empty, wanted: false })).toBe(unwanted);
  });
});

describe('the marker', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'waymark-marker-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is read as it was written', () => {
    expect(readMarker(folder)).toBeUndefined();
    writeMarker(folder, marker);
    expect(readMarker(folder)).toEqual(marker);
  });

  it.each(['', '{}', '{"state":"loaded"}', '[]', 'null'])('that reads %j is no marker', (text) => {
    writeFileSync(join(folder, 'demo.json'), text);
    expect(readMarker(folder)).toBe('unreadable');
  });

  it('of another version leaves the record alone, and is said', async () => {
    writeMarker(folder, { ...marker, plan: planVersion + 1 });
    const said: string[] = [];
    const demonstration = new Demonstration();
    const around = { address: 'http://127.0.0.1:1', dataFolder: folder, signal: new AbortController().signal };
    await demonstrate(demonstration, { ...around, wanted: true, empty: false, say: (line) => said.push(line) });
    expect(said.join()).toContain('delete the folder');
    expect(demonstration.now().state).toBe('failed');
  });

  it('is believed where no demonstration is wanted: what is incomplete stays so, and is said', async () => {
    writeMarker(folder, marker);
    const said: string[] = [];
    const demonstration = new Demonstration();
    const around = { address: 'http://127.0.0.1:1', dataFolder: folder, signal: new AbortController().signal };
    await demonstrate(demonstration, { ...around, wanted: false, empty: false, say: (line) => said.push(line) });
    expect(said.join()).toContain('WAYMARK_DEMO is off');
    expect(demonstration.now()).toEqual({ state: 'failed', families: 7, of: 42 });
  });
});
