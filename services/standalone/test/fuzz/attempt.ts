import fc, { type Arbitrary } from 'fast-check';
import type { Answer, TestPlatform } from '@waymark/nest';
import type { Document, Parameter, Route } from './document.js';
import { brokenTexts, mutated, textOf } from './mutations.js';
import { canary, idNamed, valueOf, type Known } from './values.js';

/** One request, as it goes over the wire. */
export interface Attempt {
  readonly method: Route['method'];
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: string | undefined;
}

export interface World {
  readonly document: Document;
  readonly known: Known;
}

const identities = [
  'user=dana; role=practitioner; organisation=fenbank-primary',
  'user=hana; role=hub-coordinator; organisation=early-help-hub',
  'user=tariq; role=triage-officer; organisation=mash',
  'user=mo; role=targeted-support-manager; organisation=targeted-support',
  'user=vera; role=practitioner; organisation=city-health',
  'user=ada; role=auditor; organisation=council; purpose=audit',
  'user=pat; role=public; organisation=nobody',
];
const badIdentities = ['', 'user=', `user=${canary}`, 'role=practitioner', 'user=dana; role=king; organisation=x', ';;;=', '__proto__=1'];

const often = <T>(usual: Arbitrary<T>, ...rare: readonly T[]): Arbitrary<T> =>
  fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(...rare) });

const headers: Arbitrary<Record<string, string>> = fc
  .record({
    'waymark-dev-identity': often(fc.constantFrom(...identities), ...badIdentities),
    'if-match': often<string | undefined>(fc.constant('*'), undefined, '"1"', '"99999"', 'W/"1"', '3', canary, '"-1"'),
    'idempotency-key': often<string | undefined>(fc.constant(undefined), 'one', 'two', 'a key', 'k'.repeat(300), `é${canary}`),
    'waymark-correlation-id': often<string | undefined>(fc.constant(undefined), canary),
    'waymark-wait-for': often<string | undefined>(fc.constant(undefined), `${canary} and more`, ''),
    'content-type': often<string | undefined>(fc.constant('application/json'), 'text/plain', 'application/json; charset=utf-16', undefined),
  })
  .map((all) => Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined)));

const partOfPath = ({ name, schema = {} }: Parameter, { document, known }: World): Arbitrary<string> => {
  const sound = schema.format === 'uuid' ? idNamed(name, known) : valueOf(schema, name, { document, known }).map((value) => String(value));
  return often(sound, canary, 'x'.repeat(300), '%00', '%ff', '..', "'", '%F0%9F%98%80').map((part) =>
    part.startsWith('%') ? part : encodeURIComponent(part),
  );
};

const partOfQuery = ({ name, schema = {} }: Parameter, world: World): Arbitrary<string> =>
  often(
    valueOf(schema, name, world).map((value) => encodeURIComponent(String(value))),
    '',
    canary,
    '-1',
    '1e9',
    'NaN',
    '2026-02-30',
    `1&${name}=2`,
    '%00',
    '%ff',
  ).map((text) => `${name}=${text}`);

const urls = ({ path, parameters }: Route, world: World): Arbitrary<string> => {
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  const inQuery = parameters.filter((parameter) => parameter.in === 'query');
  return fc
    .tuple(
      fc.tuple(...inPath.map((parameter) => partOfPath(parameter, world))),
      fc.tuple(...inQuery.map((parameter) => fc.option(partOfQuery(parameter, world), { nil: '' }))),
      often(fc.constant(''), `stranger=${canary}`, '__proto__=1', 'a[b]=1'),
    )
    .map(([parts, query, more]) => {
      const filled = inPath.reduce((url, { name }, index) => url.replace(`{${name}}`, () => parts[index] ?? ''), path);
      const asked = [...query, more].filter((part) => part !== '').join('&');
      return asked === '' ? filled : `${filled}?${asked}`;
    });
};

/** Requests to one address: some right, most wrong in one to three ways. */
export const attemptsAt = (route: Route, world: World): Arbitrary<Attempt> => {
  const { method, body } = route;
  const payload = body
    ? often<string>(
        fc.tuple(mutated(valueOf(body, 'body', world)), fc.boolean()).map(([value, named]) => textOf(value, named)),
        ...brokenTexts,
      )
    : fc.constant(undefined);
  return fc.record({ method: fc.constant(method), url: urls(route, world), headers, payload });
};

export const send = (platform: TestPlatform, { method, url, headers: sent, payload }: Attempt): Promise<Answer> =>
  platform.raw({ method, url, headers: sent, ...(payload === undefined ? {} : { payload }) });
