import type { Answer, TestPlatform } from '@waymark/nest';
import { send, type Attempt } from './attempt.js';
import { canary } from './values.js';

const largestAnswer = 20_000;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** What RFC 9457 asks of a problem document, and what this platform adds: each fault, and what shows it. */
const faults: readonly (readonly [fault: string, shown: (answer: Answer, sent: Attempt) => boolean])[] = [
  ['is no problem document', ({ headers }) => !String(headers['content-type']).startsWith('application/problem+json')],
  ['leaves out type, title or detail', ({ body }) => ![body.type, body.title, body.detail].every(isText)],
  ['gives another status in the document', ({ status, body }) => body.status !== status],
  ['is long without end', ({ body }) => JSON.stringify(body).length > largestAnswer],
  ['names no field', ({ status, body }, sent) => status === 400 && isReadable(sent) && !isText(body.field)],
  ['names a field that has no name', ({ body }) => fieldsOf(body).some((field) => /^$|^\.|\.$|undefined/.test(field))],
];

/** What an answer tells of the program's inside or of the request: a stack, a path of a source, what was sent. */
const leaks: readonly (readonly [fault: string, shown: RegExp])[] = [
  ['repeats what was sent', new RegExp(canary)],
  ['tells of its stack', /\bat .*\.[cm]?[jt]s\b|node_modules|node:internal/],
  ['tells of an engine', /SQLITE|Mongo|ECONN|errcode/i],
];

const leaksOf = ({ body, headers }: Answer): string[] => {
  const text = JSON.stringify([body, headers]);
  return leaks.filter(([, shown]) => shown.test(text)).map(([fault]) => fault);
};

const faultsOfProblem = (answer: Answer, sent: Attempt): string[] => [
  ...faults.filter(([, shown]) => shown(answer, sent)).map(([fault]) => fault),
  ...leaksOf(answer),
];

const fieldsOf = (body: { field?: string; errors?: { field: string }[] }): string[] => [
  ...(body.field === undefined ? [] : [body.field]),
  ...(body.errors ?? []).map(({ field }) => field),
];

/** Whether the body could be read, so that a refusal has something to name. */
const isReadable = ({ payload, headers }: Attempt): boolean => {
  // The parser itself refuses what would poison a prototype.
  if (headers['content-type'] !== 'application/json' || /"(__proto__|prototype)"/.test(payload ?? '')) return false;
  try {
    const value: unknown = JSON.parse(payload ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
};

/** Sends a request and says everything that is wrong with the answer. */
export const faultsOf = async (platform: TestPlatform, attempt: Attempt): Promise<string[]> => {
  const { store } = platform.platform.engines;
  const before = await store.head();
  const answer = await send(platform, attempt);
  if (answer.status < 400) {
    // Let what follows from it happen now, so that it is not taken for a refusal's doing.
    if ((await store.head()) !== before) await platform.settled();
    return [];
  }
  const found = answer.status >= 500 ? [`answers ${answer.status}`, ...leaksOf(answer)] : faultsOfProblem(answer, attempt);
  return (await store.head()) === before ? found : [...found, 'wrote something and refused'];
};
