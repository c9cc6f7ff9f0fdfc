// The record itself: every command as it was answered, and every stream in order.
import { same } from './same.mjs';

/** Every acknowledged command stands in the record once, as it was answered; of a refused one there is nothing. */
export const commands = ({ events }, { acknowledged, refused }) => {
  const byCommand = Map.groupBy(events, ({ commandId }) => commandId);
  const faults = [];
  for (const { commandId, url, answer } of acknowledged) {
    if (answer.events.length === 0) continue;
    const streams = Map.groupBy(byCommand.get(commandId) ?? [], ({ stream }) => stream);
    const found = [...streams.values()].filter(
      (own) =>
        own.at(-1).version === answer.version &&
        own.at(-1).position === answer.position &&
        same(
          own.map(({ type }) => type),
          answer.events,
        ),
    );
    if (found.length !== 1)
      faults.push(
        `POST ${url} was acknowledged at ${answer.position}, and stands in the record ${streams.size === 0 ? 'not at all' : 'otherwise'}`,
      );
  }
  for (const { commandId, url, status } of refused)
    if (byCommand.has(commandId)) faults.push(`POST ${url} was refused with ${status}, and stands in the record all the same`);
  return faults;
};

/** Versions are dense, positions rise, ids are single, an append stands together, and no stream's recorded time goes back. */
export const order = ({ events }) => {
  const faults = [];
  const heads = new Map();
  const ids = new Set();
  const appends = new Set();
  let last;
  for (const event of events) {
    const { stream, version, position, id, recordedAt, commandId } = event;
    const head = heads.get(stream);
    if (version !== (head?.version ?? 0) + 1) faults.push(`${stream} has version ${version} after ${head?.version ?? 0}`);
    if (last && position <= last.position) faults.push(`position ${position} after ${last.position}`);
    if (head && recordedAt < head.recordedAt) faults.push(`${stream} version ${version} is recorded before the version before it`);
    if (ids.has(id)) faults.push(`the event ${id} is there twice`);
    const append = `${stream} ${commandId}`;
    if (appends.has(append) && (last.stream !== stream || last.commandId !== commandId))
      faults.push(`a command took effect twice in ${stream}`);
    appends.add(append);
    ids.add(id);
    heads.set(stream, event);
    last = event;
  }
  return faults;
};
