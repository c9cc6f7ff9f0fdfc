import { withTimeout } from '@waymark/async';
import { NoAnswer } from './errors.js';

/** The client's answer, if it comes in time; one that comes later is not heard. @throws NoAnswer */
export const answerWithin = <T>(ms: number, answer: Promise<T>): Promise<T> =>
  withTimeout(ms, answer, () => new NoAnswer(`no answer within ${ms} ms`));
