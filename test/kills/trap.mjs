// Kills the process, by its own hand, at a chosen moment of what it does with its engines. Nothing of the process runs after it.
import { AsyncLocalStorage } from 'node:async_hooks';
import mongoose from 'mongoose';

const dieNow = () => process.kill(process.pid, 'SIGKILL');

/** A few of the engine's methods replaced. */
export const instead = (engine, methods) =>
  new Proxy(engine, {
    get: (target, name) => methods[name] ?? (typeof target[name] === 'function' ? target[name].bind(target) : target[name]),
  });

/** The requests that change something, as the driver of MongoDB sends them. */
const changing = ['insertOne', 'updateOne', 'bulkWrite', 'deleteOne', 'deleteMany'];
const writing = new AsyncLocalStorage();

/** Tells of each request that is answered within a write, to the write that made it. */
const watchRequests = () => {
  const { prototype } = mongoose.mongo.Collection;
  for (const name of changing) {
    const request = prototype[name];
    prototype[name] = async function (...asked) {
      const answer = await request.apply(this, asked);
      writing.getStore()?.();
      return answer;
    };
  }
};

/**
 * @typedef {{ call: 'publish' | 'write', when: 'before' | 'within' | 'after', of?: string, nth: number, requests?: number }} Moment
 *   the `nth` call; of writes only those whose checkpoint is of a subscriber that the expression `of` finds; `within` is behind so many requests of it
 */

/** @param {Moment | undefined} moment none: it lives on */
export const trapFor = (moment) => {
  let armed = false;
  let calls = 0;
  /** Does the call, and dies at it when it is the one. */
  const around = async (work) => {
    calls += armed ? 1 : 0;
    const isIt = armed && (moment.when === 'within' ? calls >= moment.nth : calls === moment.nth);
    if (!isIt) return work();
    if (moment.when === 'before') dieNow();
    let requests = 0;
    const onRequest = () => {
      requests += 1;
      if (moment.when === 'within' && requests === moment.requests) dieNow();
    };
    const done = await writing.run(onRequest, work);
    if (moment.when === 'after') dieNow();
    return done;
  };
  const isMeant = ({ checkpoint }) => checkpoint !== undefined && new RegExp(moment.of).test(checkpoint.subscriber);
  return {
    /** Until then nothing counts. */
    arm: () => (armed = moment !== undefined),
    /** The engines with the trap in them. */
    in: ({ bus, readModels, ...engines }) => {
      if (moment?.when === 'within') watchRequests();
      const publish = (...asked) => around(() => bus.publish(...asked));
      const write = (batch) => (isMeant(batch) ? around(() => readModels.write(batch)) : readModels.write(batch));
      return {
        ...engines,
        bus: moment?.call === 'publish' ? instead(bus, { publish }) : bus,
        readModels: moment?.call === 'write' ? instead(readModels, { write }) : readModels,
      };
    },
  };
};
